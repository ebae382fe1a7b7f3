/** Rows as ingest and judge write them, with defaults, for tests of reads. */
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Traits } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import type { Prisma } from "@/server/storage/generated/client";
import { ensurePartitions } from "@/server/storage/partitions";

export const NOW_MS = Date.parse("2026-11-20T12:00:00.000Z");

type EventSeed = Partial<Prisma.TelemetryEventCreateManyInput> & { id: string; time: Date };
type JourneySeed = Partial<Omit<Prisma.JourneyCreateManyInput, "traits">> & { id: string; traits?: Traits | undefined };

/** Stored events; the days they fall on are made. */
export async function seedEvents(db: Database, events: EventSeed[]): Promise<void> {
  const times = events.map((event) => event.time.getTime());
  await ensurePartitions(db, NOW_MS, Math.min(...times), Math.max(...times));
  await db.prisma.telemetryEvent.createMany({
    data: events.map((event) => ({
      environment: "default",
      stage: "emitted",
      type: "agent_started",
      outcome: "ok",
      scope: "user",
      receivedAt: event.time,
      ...event,
    })),
  });
}

/** Judged journeys with the ids that find them (their own id unless `aliases` says otherwise). */
export async function seedJourneys(db: Database, journeys: (JourneySeed & { aliases?: string[] })[]): Promise<void> {
  const rows = journeys.map(({ aliases: _aliases, traits, ...journey }) => ({
    ...journeyRow({ ...journey, traits }),
    ...journey,
  }));
  await db.prisma.journey.createMany({ data: rows });
  await db.prisma.journeyAlias.createMany({
    data: journeys.flatMap(({ id, key, environment, aliases }) =>
      (aliases ?? [id]).map((alias) => ({
        environment: environment ?? "default",
        alias,
        journeyKey: key ?? `r:${id}`,
      })),
    ),
  });
}

function journeyRow({ id, startedAt = new Date(NOW_MS - 60_000), traits }: JourneySeed) {
  return {
    environment: "default",
    key: `r:${id}`,
    status: "succeeded",
    startedAt,
    lastEventAt: startedAt,
    policyVersion: DEFAULT_POLICY.version,
    eventCount: 1,
    judgedAt: startedAt,
    contributionMinute: new Date(Math.floor(new Date(startedAt).getTime() / 60_000) * 60_000),
    verdict: {
      owner: null,
      claimedOwner: null,
      startedAtMs: new Date(startedAt).getTime(),
      durationMs: null,
      steps: [],
      findings: [],
      deliveries: [],
      linked: [],
      notes: [],
      ...(traits && { traits: { ...traits } }),
    },
  };
}

/** Counters as the judge folds them into minutes and hours. */
export async function seedRollup(db: Database, at: Date, counts: Record<string, number>, environment = "default") {
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const row = (grain: string, bucket: Date) =>
    Object.entries(counts).map(([metric, n]) => ({ environment, grain, bucket, metric, n }));
  await db.prisma.rollup.createMany({ data: [...row("minute", at), ...row("hour", hour)] });
}

/** Counters of routers, as the judge appends them; the fold has yet to come. */
export async function seedRouterCounts(
  db: Database,
  at: Date,
  counts: Record<string, number>,
  environment = "default",
) {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
  await db.prisma.rollupDelta.createMany({
    data: Object.entries(counts).map(([metric, n]) => ({ environment, minute, metric, n })),
  });
}
