/** The fields that all of the maps have, with the same value. */
export function commonFields(maps: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...others] = maps;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );
}
