/** Routers of the newest scan and of the traffic, side by side. */
import type { CodeAndTraffic, RoutersInCode, ScanRow } from "@/contracts/consolidation";
import { matchRouters } from "@/domain/consolidation/code-and-traffic";
import type { ConceptReport, ScanReport } from "@/domain/consolidation/types";
import { firstOf } from "@/server/queries/first-of";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import { firstCountedAt, readRouterTotals } from "@/server/storage/reading/router-sightings";
import { ROW, scanRow } from "./scan-rows";

const DAY_MS = 86_400_000;
/** A router that handled no message for so long is silent. */
const SILENT_DAYS = 7;
const MAX_MATCHED = 500;

interface NewestScan {
  scan: ScanRow;
  concepts: ConceptReport[];
}

/** Reads the newest scan's report, which may be megabytes, only when another scan is the newest. */
export function createRoutersInCode({ db, nowMs }: { db: Database; nowMs: () => number }) {
  let known: NewestScan | null = null;

  async function newestScan(): Promise<NewestScan | null> {
    const newest = await db.prisma.scan.findFirst({
      select: ROW,
      orderBy: [{ committedAt: "desc" }, { id: "desc" }],
    });
    if (!newest) return null;
    const scan = scanRow(newest);
    if (known?.scan.id === scan.id && known.scan.uploadedAt === scan.uploadedAt) return known;
    const stored = await db.prisma.scan.findUnique({ where: { id: scan.id }, select: { report: true } });
    known = stored && { scan, concepts: (stored.report as unknown as ScanReport).concepts };
    return known;
  }

  return async (environments: string[]): Promise<RoutersInCode> => {
    const [newest, seen, watchedSince] = await Promise.all([
      newestScan(),
      readRouterTotals(db, environments, nowMs()),
      firstCountedAt(db, environments),
    ]);
    const sinceMs = watchedSince?.getTime() ?? null;
    const watched = { nowMs: nowMs(), sinceMs, silentMs: SILENT_DAYS * DAY_MS };
    return {
      scan: newest?.scan ?? null,
      silentDays: SILENT_DAYS,
      watchedSince: sinceMs === null ? null : iso(sinceMs),
      routers: firstOf(
        matchRouters(newest?.concepts ?? [], seen, watched).map(
          ({ firstMs, lastMs, ...router }): CodeAndTraffic => ({
            ...router,
            firstSeenAt: firstMs === null ? null : iso(firstMs),
            lastSeenAt: lastMs === null ? null : iso(lastMs),
          }),
        ),
        MAX_MATCHED,
      ),
    };
  };
}
