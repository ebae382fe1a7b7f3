/** What is kept of a subscribed source: its state, its cursor, and when it could not be heard. */
import type { SourceGap } from "@/contracts/source";
import type { SourceConfig } from "@/server/config";
import type { Database } from "@/server/storage/database";
import { rejudgeEnvironment } from "@/server/storage/rejudge-environment";

export type SourceState = "connecting" | "connected" | "disconnected" | "refused" | "stopped";

/** How far before an outage a journey may have begun and still be waiting in it. */
const LOOK_BACK_MS = 3_600_000;
const HEARTBEAT = "sources_heard";

/** What is seen between two saves. Null leaves the stored value. */
export interface SourceReadings {
  /** Batches that could not be read at all; the other counters move with the events. */
  unreadable: number;
  clockOffsetMs: number | null;
  lagMs: number | null;
}

/**
 * Makes sure that the source has a row. If it was subscribed to before and no outage is open, one is opened from
 * `lastHeardMs`: this process was not there to hear it.
 */
export async function registerSource(db: Database, source: SourceConfig, lastHeardMs: number | null): Promise<void> {
  const { id, environment, url } = { ...source, url: withoutSecrets(source.url) };
  const before = await db.prisma.source.findUnique({ where: { id } });
  await db.prisma.source.upsert({
    where: { id },
    create: { id, environment, url, state: "connecting" },
    update: { environment, url, state: "connecting" },
  });
  if (before === null || before.connectedSince === null) return;
  const heardMs = Math.max(before.lastReceivedAt?.getTime() ?? 0, before.connectedSince.getTime(), lastHeardMs ?? 0);
  await openOutage(db, id, before.disconnectedSince?.getTime() ?? heardMs);
}

/** Sources that are not configured any more: shown as stopped, and nothing waits for them. */
export async function retireSources(db: Database, configured: readonly SourceConfig[], nowMs: number): Promise<void> {
  const gone = await db.prisma.source.findMany({
    where: { id: { notIn: configured.map(({ id }) => id) }, state: { not: "stopped" } },
  });
  for (const source of gone) {
    await closeOutage(db, { id: source.id, environment: source.environment }, nowMs);
    await db.prisma.source.update({ where: { id: source.id }, data: { state: "stopped" } });
  }
}

export async function loadCursor(db: Database, id: string): Promise<string | null> {
  const row = await db.prisma.source.findUnique({ where: { id }, select: { cursor: true } });
  return row?.cursor ?? null;
}

export async function saveConnected(db: Database, id: string, atMs: number): Promise<void> {
  const row = await db.prisma.source.findUnique({ where: { id }, select: { connectedSince: true } });
  await db.prisma.source.update({
    where: { id },
    data: {
      state: "connected",
      connectedSince: new Date(atMs),
      disconnectedSince: null,
      ...(row?.connectedSince ? { reconnects: { increment: 1 } } : {}),
    },
  });
}

/** The stream ended at `atMs`: until it is back, absence proves nothing. */
export async function saveDisconnected(
  db: Database,
  { id, environment }: SourceConfig,
  atMs: number,
  why: string,
): Promise<void> {
  const at = new Date(atMs);
  const data = { state: "disconnected", disconnectedSince: at, lastError: why, lastErrorAt: at };
  await db.prisma.source.update({ where: { id }, data });
  await openOutage(db, id, atMs);
  // Noticed late, as a silent line is: deadlines may have passed meanwhile that should have stopped.
  await rejudgeSince(db, environment, atMs);
}

/** Shown beside the source. `state` null leaves the state as it is. */
export async function saveError(
  db: Database,
  id: string,
  message: string,
  atMs: number,
  state: SourceState | null,
): Promise<void> {
  const data = { lastError: message, lastErrorAt: new Date(atMs), ...(state === null ? {} : { state }) };
  await db.prisma.source.update({ where: { id }, data });
}

export async function saveReadings(db: Database, id: string, readings: SourceReadings): Promise<void> {
  await db.prisma.source.update({
    where: { id },
    data: {
      rejected: { increment: readings.unreadable },
      clockOffsetMs: readings.clockOffsetMs ?? undefined,
      lagMs: readings.lagMs ?? undefined,
    },
  });
}

/** Ends the open outage, if there is one, and has the journeys judged again that waited for it. */
export async function closeOutage(
  db: Database,
  source: { id: string; environment: string },
  atMs: number,
): Promise<void> {
  const open = await db.prisma.sourceOutage.findMany({
    where: { sourceId: source.id, kind: "disconnected", toAt: null },
  });
  if (open.length === 0) return;
  const fromMs = Math.min(...open.map((outage) => outage.fromAt.getTime()));
  const toAt = new Date(Math.max(atMs, fromMs));
  await db.prisma.sourceOutage.updateMany({
    where: { sourceId: source.id, kind: "disconnected", toAt: null },
    data: { toAt },
  });
  await rejudgeSince(db, source.environment, fromMs);
}

/**
 * What the source cannot replay: stored, with the cursor behind it, so that it is told once. It lies between the last
 * event heard before and now.
 */
export async function saveGap(db: Database, source: SourceConfig, gap: SourceGap, atMs: number): Promise<void> {
  const { id, environment } = source;
  const [row, outage] = await Promise.all([
    db.prisma.source.findUnique({ where: { id }, select: { lastReceivedAt: true } }),
    db.prisma.sourceOutage.findFirst({ where: { sourceId: id, kind: "disconnected", toAt: null } }),
  ]);
  const fromMs = Math.min(row?.lastReceivedAt?.getTime() ?? outage?.fromAt.getTime() ?? atMs, atMs);
  await db.prisma.$transaction([
    db.prisma.sourceOutage.create({
      data: {
        sourceId: id,
        kind: "gap",
        fromAt: new Date(fromMs),
        toAt: new Date(atMs),
        fromCursor: gap.from,
        toCursor: gap.to,
        lost: gap.lost,
      },
    }),
    db.prisma.source.update({ where: { id }, data: { cursor: gap.to } }),
  ]);
  await rejudgeSince(db, environment, fromMs);
}

/** Has everything judged again that may have waited in an outage which began at `fromMs`. */
export async function rejudgeSince(db: Database, environment: string, fromMs: number): Promise<void> {
  await rejudgeEnvironment(db, environment, fromMs - LOOK_BACK_MS);
}

/** When this installation last listened to its sources; null before the first time. */
export async function readHeartbeat(db: Database): Promise<number | null> {
  const row = await db.prisma.installation.findUnique({ where: { name: HEARTBEAT } });
  return typeof row?.value === "number" ? row.value : null;
}

export async function writeHeartbeat(db: Database, atMs: number): Promise<void> {
  await db.prisma.installation.upsert({
    where: { name: HEARTBEAT },
    create: { name: HEARTBEAT, value: atMs },
    update: { value: atMs },
  });
}

async function openOutage(db: Database, sourceId: string, fromMs: number): Promise<void> {
  const open = await db.prisma.sourceOutage.findFirst({ where: { sourceId, kind: "disconnected", toAt: null } });
  if (open) return;
  await db.prisma.sourceOutage.create({ data: { sourceId, kind: "disconnected", fromAt: new Date(fromMs) } });
}

/** An address for showing: user, password and query may hold secrets. */
function withoutSecrets(url: string): string {
  const shown = new URL(url);
  return `${shown.protocol}//${shown.host}${shown.pathname}`;
}
