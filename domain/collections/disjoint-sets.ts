/** Disjoint sets of names, joined pair by pair. */
export interface DisjointSets {
  join(a: string, b: string): void;
  /** The name that stands for everything joined with `name`. */
  rootOf(name: string): string;
}

export function createDisjointSets(): DisjointSets {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    for (let step = name; step !== root; ) {
      const next = parents.get(step) ?? root;
      parents.set(step, root);
      step = next;
    }
    return root;
  };
  return {
    rootOf,
    join(a, b) {
      const rootA = rootOf(a);
      const rootB = rootOf(b);
      if (rootA !== rootB) parents.set(rootB, rootA);
    },
  };
}
