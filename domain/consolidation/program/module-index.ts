/** What a module binds and imports, by name. */
import type { BindingFact, ImportFact, ModuleFacts } from "../facts";

export interface ModuleIndex {
  /** Everything that a name may be bound to, whichever branch ran; `beforeLine`: only what is bound above it. */
  alternatives(name: string, beforeLine?: number): readonly BindingFact[];
  /** Imports inside of functions, the first of each name. */
  inside: ReadonlyMap<string, ImportFact>;
  stars: readonly ImportFact[];
  /** Imports of whole modules by a dotted path, the longest first. */
  paths: readonly ImportFact[];
}

const PREFERRED = { try: 0, if: 1, else: 2, except: 3 };
const NONE: readonly BindingFact[] = [];

export function indexOf({ bindings, imports }: ModuleFacts): ModuleIndex {
  const byName = grouped(bindings);
  const open = new Map<string, readonly BindingFact[]>();
  const inside = new Map<string, ImportFact>();
  for (const one of imports) {
    if (one.nested && one.local !== null && !inside.has(one.local)) inside.set(one.local, one);
  }
  return {
    alternatives(name, beforeLine) {
      const named = byName.get(name);
      if (!named) return NONE;
      if (beforeLine !== undefined) return stillOpen(named.filter(({ line }) => line < beforeLine));
      const found = open.get(name) ?? stillOpen(named);
      open.set(name, found);
      return found;
    },
    inside,
    stars: imports.filter(({ name }) => name === "*"),
    paths: imports
      .filter(({ name, module }) => name === null && module.includes("."))
      .sort((a, b) => b.module.length - a.module.length),
  };
}

function grouped(bindings: readonly BindingFact[]): Map<string, BindingFact[]> {
  const byName = new Map<string, BindingFact[]>();
  for (const binding of bindings) {
    const of = byName.get(binding.name);
    if (of) of.push(binding);
    else byName.set(binding.name, [binding]);
  }
  return byName;
}

const rank = ({ branch }: BindingFact): number => (branch ? PREFERRED[branch.arm] : 4);

/** From the last binding on that always runs, the likeliest branch first. */
function stillOpen(named: readonly BindingFact[]): readonly BindingFact[] {
  const last = named.findLastIndex(({ branch }) => branch === null);
  const open = named.slice(Math.max(0, last));
  return open.length > 1 ? open.sort((a, b) => rank(a) - rank(b)) : open;
}
