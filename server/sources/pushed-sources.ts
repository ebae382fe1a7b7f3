/**
 * Processes that push and say which service they are: shown as sources, with what they had to give up. One that is not
 * connected opens no outage: nobody knows whether it will ever come back, and no deadline may wait for that.
 */
import type { PushAuth, PushGap } from "@/contracts/source";
import type { Database } from "@/server/storage/database";
import { createSequence } from "./sequence";
import { rejudgeSince, saveConnected } from "./source-store";

/** Stands where a subscribed source has its address. */
const PUSHED = "push";

export interface PushedSource {
  id: string;
  environment: string;
}

export interface PushedSources {
  /** Makes sure that the source has a row: its batches count there. */
  register(source: PushedSource): Promise<void>;
  /** One more connection of this source, or one less. */
  opened(source: PushedSource): void;
  closed(source: PushedSource): void;
  /** Stores what was given up; the same gap announced again, perhaps longer, is one gap. */
  saveGap(source: PushedSource, gap: PushGap): Promise<void>;
  /** Resolves when what is to be stored is stored. */
  stop(): Promise<void>;
}

interface PushedSourcesDeps {
  db: Database;
  nowMs(): number;
  onChange(): void;
  warn(message: string): void;
}

/** The source that a pusher says it is; null where it names no service. */
export function pushedSource({ service }: PushAuth, environment: string): PushedSource | null {
  return service === undefined ? null : { id: `${PUSHED}:${environment}/${service}`, environment };
}

export function createPushedSources({ db, nowMs, onChange, warn }: PushedSourcesDeps): PushedSources {
  const stopping = new AbortController();
  const sequence = createSequence(stopping.signal, (message) => warn(`pushed sources: ${message}`));
  const connections = new Map<string, number>();

  const count = (id: string, change: 1 | -1) => {
    const now = (connections.get(id) ?? 0) + change;
    if (now === 0) connections.delete(id);
    else connections.set(id, now);
    return now;
  };
  const inSequence = (step: () => Promise<unknown>) =>
    void sequence.add(async () => {
      await step();
      onChange();
    });

  return {
    async register({ id, environment }) {
      const row = { environment, url: PUSHED };
      await db.prisma.source.upsert({ where: { id }, create: { ...row, id, state: "disconnected" }, update: row });
    },
    opened({ id }) {
      const atMs = nowMs();
      if (count(id, 1) === 1) inSequence(() => saveConnected(db, id, atMs));
    },
    closed({ id }) {
      const data = { state: "disconnected", disconnectedSince: new Date(nowMs()) };
      if (count(id, -1) === 0) inSequence(() => db.prisma.source.update({ where: { id }, data }));
    },
    async saveGap(source, gap) {
      const fromMs = await mergeGap(db, source, gap, nowMs());
      await rejudgeSince(db, source.environment, fromMs);
      onChange();
    },
    async stop() {
      stopping.abort();
      await sequence.idle();
    },
  };
}

/** Returns when the gap began: at the latest when something was last heard of this source. */
async function mergeGap(db: Database, { id }: PushedSource, { epoch, from, to, sinceMs }: PushGap, atMs: number) {
  return db.prisma.$transaction(async (tx) => {
    // The source's row is locked, so that two announcements of one gap come one after another.
    const { lastReceivedAt } = await tx.source.update({ where: { id }, data: { url: PUSHED } });
    const known = await tx.sourceOutage.findMany({
      where: { sourceId: id, kind: "gap", fromCursor: { startsWith: `${epoch}:` } },
    });
    const merged = known.filter((gap) => positionOf(gap.fromCursor) <= to && from <= positionOf(gap.toCursor));
    const first = Math.min(from, ...merged.map((gap) => positionOf(gap.fromCursor)));
    const end = Math.max(to, ...merged.map((gap) => positionOf(gap.toCursor)));
    const heardMs = Math.min(lastReceivedAt?.getTime() ?? sinceMs, atMs);
    const fromMs = Math.min(heardMs, ...merged.map((gap) => gap.fromAt.getTime()));
    await tx.sourceOutage.deleteMany({ where: { id: { in: merged.map((gap) => gap.id) } } });
    await tx.sourceOutage.create({
      data: {
        sourceId: id,
        kind: "gap",
        fromAt: new Date(fromMs),
        toAt: new Date(atMs),
        fromCursor: `${epoch}:${first}`,
        toCursor: `${epoch}:${end}`,
        lost: end - first,
      },
    });
    return fromMs;
  });
}

function positionOf(cursor: string | null): number {
  return Number(cursor?.slice(cursor.lastIndexOf(":") + 1) ?? 0);
}
