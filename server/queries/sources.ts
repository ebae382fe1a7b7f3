import { qualityNote, type SourceList, sourceView } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { iso, isoOrNull } from "./iso";

const MAX_SOURCES = 500;
const MAX_OUTAGES = 10;
const MAX_NOTES = 500;

/** Subscribed sources with their latest outages, and what is wrong with the data itself. */
export async function sourceList({ prisma }: Database, environments: string[]): Promise<SourceList> {
  const where = { environment: { in: environments } };
  // What the judge took back altogether is no note any more.
  const noted = { ...where, count: { gt: 0 } };
  const [sources, sourceCount, notes, noteCount] = await Promise.all([
    prisma.source.findMany({
      where,
      orderBy: [{ environment: "asc" }, { id: "asc" }],
      take: MAX_SOURCES,
      include: {
        sourceOutages: { orderBy: { fromAt: "desc" }, take: MAX_OUTAGES },
        _count: { select: { sourceOutages: true } },
      },
    }),
    prisma.source.count({ where }),
    prisma.qualityNote.findMany({ where: noted, orderBy: { lastAt: "desc" }, take: MAX_NOTES }),
    prisma.qualityNote.count({ where: noted }),
  ]);
  return {
    items: sources.map((source) => ({
      id: source.id,
      environment: source.environment,
      url: withoutSecrets(source.url),
      state: sourceView.shape.state.parse(source.state),
      connectedSince: isoOrNull(source.connectedSince),
      disconnectedSince: isoOrNull(source.disconnectedSince),
      lastEventAt: isoOrNull(source.lastEventAt),
      lagMs: source.lagMs,
      clockOffsetMs: source.clockOffsetMs,
      lastError: source.lastError,
      lastErrorAt: isoOrNull(source.lastErrorAt),
      accepted: Number(source.accepted),
      duplicates: Number(source.duplicates),
      rejected: Number(source.rejected),
      reconnects: source.reconnects,
      outages: source.sourceOutages.map((outage) => ({
        kind: sourceView.shape.outages.element.shape.kind.parse(outage.kind),
        from: iso(outage.fromAt),
        to: isoOrNull(outage.toAt),
        lost: outage.lost === null ? null : Number(outage.lost),
      })),
      outagesOmitted: Math.max(0, source._count.sourceOutages - source.sourceOutages.length),
    })),
    omitted: Math.max(0, sourceCount - sources.length),
    notes: notes.map(({ firstAt, lastAt, count, ...note }) =>
      qualityNote.parse({ ...note, count: Number(count), firstAt: iso(firstAt), lastAt: iso(lastAt) }),
    ),
    notesOmitted: Math.max(0, noteCount - notes.length),
  };
}

/** A source's address without user, password and query. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url;
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  shown.search = "";
  return shown.toString();
}
