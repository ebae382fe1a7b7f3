/** Scans as lists and pages show them. */
import type { ConceptFigures, ScanRow } from "@/contracts/consolidation";
import { iso } from "@/server/queries/iso";
import type { Prisma } from "@/server/storage/generated/client";

/** Everything but the report, which may be megabytes. */
export const ROW = {
  ...{ id: true, commit: true, committedAt: true, uploadedAt: true, uploadedBy: true },
  ...{ files: true, unparsed: true, notAnalysed: true },
  concepts: { orderBy: { concept: "asc" } },
} satisfies Prisma.ScanSelect;

export type StoredRow = Prisma.ScanGetPayload<{ select: typeof ROW }>;

export function scanRow({ committedAt, uploadedAt, concepts, ...row }: StoredRow): ScanRow {
  return {
    ...row,
    committedAt: iso(committedAt),
    uploadedAt: iso(uploadedAt),
    concepts: concepts.map(conceptFigures),
  };
}

export function conceptFigures({
  concept,
  count,
  target,
  canonical,
  total,
  legacy,
}: StoredRow["concepts"][number]): ConceptFigures {
  const compliance = { canonical, total, ratio: total === 0 ? null : canonical / total };
  return { id: concept, count, target, compliance, legacyImporters: legacy };
}
