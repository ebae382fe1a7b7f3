/** What came and what went between two scans. A symbol is the same where its concept, file and name are the same. */
import type { ConceptReport, Role, ScannedSymbol } from "./types";

export interface MovedSymbol {
  symbol: ScannedSymbol;
  /** The role it had before. */
  was: Role;
}

export interface ConceptDifference {
  id: string;
  /** Implementations before and after; null where that scan does not know the concept. */
  count: { before: number | null; after: number | null };
  came: ScannedSymbol[];
  went: ScannedSymbol[];
  /** The same symbols in another role. */
  changed: MovedSymbol[];
  legacyImporters: { came: string[]; went: string[] };
}

/** Concepts that differ, in the order of their ids. A name that a file binds several times is told apart by its place in that order. */
export function compareScans(before: readonly ConceptReport[], after: readonly ConceptReport[]): ConceptDifference[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))].sort();
  return ids
    .map((id) =>
      compareConcepts(
        id,
        before.find((concept) => concept.id === id),
        after.find((concept) => concept.id === id),
      ),
    )
    .filter(({ count, came, went, changed, legacyImporters }) => {
      const moved = came.length + went.length + changed.length;
      return count.before !== count.after || moved + legacyImporters.came.length + legacyImporters.went.length > 0;
    });
}

function compareConcepts(
  id: string,
  before: ConceptReport | undefined,
  after: ConceptReport | undefined,
): ConceptDifference {
  const old = byIdentity(before?.symbols ?? []);
  const fresh = byIdentity(after?.symbols ?? []);
  const legacyBefore = new Set(before?.importers.legacy.map(({ file }) => file));
  const legacyAfter = new Set(after?.importers.legacy.map(({ file }) => file));
  return {
    id,
    count: { before: before?.count ?? null, after: after?.count ?? null },
    came: [...fresh].filter(([name]) => !old.has(name)).map(([, symbol]) => symbol),
    went: [...old].filter(([name]) => !fresh.has(name)).map(([, symbol]) => symbol),
    changed: [...fresh].flatMap(([name, symbol]) => {
      const was = old.get(name)?.role;
      return was !== undefined && was !== symbol.role ? [{ symbol, was }] : [];
    }),
    legacyImporters: {
      came: [...legacyAfter].filter((file) => !legacyBefore.has(file)).sort(),
      went: [...legacyBefore].filter((file) => !legacyAfter.has(file)).sort(),
    },
  };
}

function byIdentity(symbols: readonly ScannedSymbol[]): Map<string, ScannedSymbol> {
  const found = new Map<string, ScannedSymbol>();
  const times = new Map<string, number>();
  for (const symbol of [...symbols].sort((a, b) => a.line - b.line)) {
    const name = `${symbol.file}\u0000${symbol.name}`;
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    found.set(`${name}\u0000${time}`, symbol);
  }
  return found;
}
