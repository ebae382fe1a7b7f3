/** What came and what went between two scans, concept by concept. */
import { diffScans, type ScanDiff } from "./diff-scans";
import type { ConceptReport } from "./types";

export interface ConceptDifference extends ScanDiff {
  id: string;
  /** Implementations before and after; null where that scan does not know the concept. */
  count: { before: number | null; after: number | null };
  legacyImporters: { came: string[]; went: string[] };
}

/** Concepts that differ, in the order of their ids. */
export function compareScans(before: readonly ConceptReport[], after: readonly ConceptReport[]): ConceptDifference[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))].sort();
  const of = (id: string, concepts: readonly ConceptReport[]) => concepts.find((concept) => concept.id === id);
  return ids
    .map((id) => compareConcepts(id, of(id, before), of(id, after)))
    .filter(({ count, came, went, changed, moved, legacyImporters }) => {
      const symbols = came.length + went.length + changed.length + moved.length;
      return count.before !== count.after || symbols + legacyImporters.came.length + legacyImporters.went.length > 0;
    });
}

function compareConcepts(
  id: string,
  before: ConceptReport | undefined,
  after: ConceptReport | undefined,
): ConceptDifference {
  const legacyBefore = new Set(before?.importers.legacy.map(({ file }) => file));
  const legacyAfter = new Set(after?.importers.legacy.map(({ file }) => file));
  return {
    id,
    count: { before: before?.count ?? null, after: after?.count ?? null },
    ...diffScans({ symbols: before?.symbols ?? [] }, { symbols: after?.symbols ?? [] }),
    legacyImporters: {
      came: [...legacyAfter].filter((file) => !legacyBefore.has(file)).sort(),
      went: [...legacyBefore].filter((file) => !legacyAfter.has(file)).sort(),
    },
  };
}
