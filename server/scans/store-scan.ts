/** Keeps what a scan says: one for each commit and config. */
import { createHash } from "node:crypto";
import type { StoredScan } from "@/contracts/consolidation";
import type { ScanUpload } from "@/contracts/scans";
import type { Database } from "@/server/storage/database";
import { putScan } from "@/server/storage/scans";

/** A checkout that is no repository is named by what was found in it. */
function idOf({ configHash, report }: ScanUpload): string {
  const what = report.commit ?? JSON.stringify(report);
  return createHash("sha256").update(`${configHash}\u0000${what}`).digest("hex").slice(0, 24);
}

/** Stores a scan; one that is there already is left as it is, or replaced where the scanner now says something else. */
export async function storeScan(
  db: Database,
  upload: ScanUpload,
  { uploadedBy, nowMs }: { uploadedBy: string; nowMs: number },
): Promise<Omit<StoredScan, "campaigns">> {
  const { report, configHash } = upload;
  const id = idOf(upload);
  const uploadedAt = new Date(nowMs);
  const concepts = report.concepts.map(({ id: concept, count, target, compliance, importers }) => ({
    ...{ concept, count, target, canonical: compliance.canonical, total: compliance.total },
    legacy: importers.legacy.length,
  }));
  const status = await putScan(db, {
    ...{ id, commit: report.commit, configHash, uploadedAt, uploadedBy, report },
    committedAt: upload.committedAt === null ? uploadedAt : new Date(upload.committedAt),
    files: report.files,
    unparsed: report.unparsed,
    notAnalysed: report.notAnalysed.length,
    ...(upload.paths && { paths: upload.paths }),
    concepts: { create: concepts },
  });
  return { id, status };
}
