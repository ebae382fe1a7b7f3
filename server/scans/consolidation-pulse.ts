import type { ConsolidationPulse } from "@/contracts/consolidation";
import { listCampaigns } from "@/server/campaigns/campaigns";
import { isoOrNull } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";

/** When a scan and a run of a suite came last, and how the campaigns stand. */
export async function consolidationPulse(
  db: Database,
  environments: string[],
  nowMs: number,
): Promise<ConsolidationPulse> {
  const [scan, run, campaigns] = await Promise.all([
    db.prisma.scan.aggregate({ _max: { uploadedAt: true } }),
    db.prisma.testRun.aggregate({ where: { environment: { in: environments } }, _max: { uploadedAt: true } }),
    listCampaigns(db, environments, nowMs),
  ]);
  return { scannedAt: isoOrNull(scan._max.uploadedAt), ranAt: isoOrNull(run._max.uploadedAt), campaigns };
}
