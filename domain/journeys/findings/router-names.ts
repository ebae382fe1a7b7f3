/** Router names may carry their module: `module.path:Class` and `Class` are one, `m1:Class` and `m2:Class` are not. */
export function distinctRouters(names: readonly string[]): string[] {
  const unique = [...new Set(names)].sort();
  return unique.filter((name) => {
    const separator = name.lastIndexOf(":");
    if (separator >= 0) return true;
    // A bare name stands for whichever module names it; it adds a router only where none does.
    return !unique.some((other) => other !== name && other.slice(other.lastIndexOf(":") + 1) === name);
  });
}
