import type { Database } from "@/server/storage/database";
import type { Outage, Span } from "./undecided";

const MAX_OUTAGES = 200;

/** When sources of these environments could not be heard; of very many the newest. One that lasts ends now. */
export async function readOutages(
  { prisma }: Database,
  environments: string[],
  { fromMs, toMs }: Span,
  nowMs: number,
): Promise<Outage[]> {
  const rows = await prisma.sourceOutage.findMany({
    where: {
      source: { environment: { in: environments } },
      fromAt: { lt: new Date(toMs) },
      OR: [{ toAt: null }, { toAt: { gt: new Date(fromMs) } }],
    },
    orderBy: { fromAt: "desc" },
    take: MAX_OUTAGES,
  });
  return rows.map(({ kind, fromAt, toAt }) => ({
    kind,
    fromMs: fromAt.getTime(),
    toMs: toAt?.getTime() ?? nowMs,
    ended: toAt !== null,
  }));
}
