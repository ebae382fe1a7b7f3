/** What is kept, how long, and what a change would drop: from the real sizes of the stored days. */
import type { RetentionChange, RetentionDryRun, RetentionView, ValueOrigin } from "@/contracts/settings";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import { dayName } from "@/server/storage/partition-days";
import { countDay, type MeasuredDay, measureStore } from "@/server/storage/retention";
import { planRetention } from "@/server/storage/retention-plan";
import { DEFAULT_MAX_DISK_BYTES, DEFAULT_RETENTION_DAYS, limitsOf, type Settings } from "./create-settings";

/** Days that are shown one by one. */
const SHOWN_DAYS = 100;
const SHOWN_DROPS = 30;
/** Events of a smaller day are counted; of a larger one the database's own estimate is taken. */
const COUNTED_BYTES = 256 * 1024 ** 2;

export async function readRetention(
  db: Database,
  settings: Settings,
  { storageFull, nowMs }: { storageFull: boolean; nowMs: number },
): Promise<RetentionView> {
  const { config } = settings;
  const { revision, savedAt, savedBy, ...saved } = settings.stored();
  const { days, otherBytes } = await measureStore(db);
  const newestFirst = days.filter(({ day }) => day <= nowMs).sort((a, b) => b.day - a.day);
  const dropped = await db.prisma.droppedDay.findMany({ orderBy: { day: "desc" }, take: SHOWN_DROPS });
  return {
    ...{ revision, savedAt, savedBy },
    retentionDays: {
      value: config.retentionDays ?? saved.retentionDays ?? DEFAULT_RETENTION_DAYS,
      origin: originOf(config.retentionDays, saved.retentionDays),
      variable: "SIGNALBOX_RETENTION_DAYS",
      fallback: DEFAULT_RETENTION_DAYS,
    },
    maxDiskBytes: {
      value: config.maxDiskBytes ?? saved.maxDiskBytes ?? DEFAULT_MAX_DISK_BYTES,
      origin: originOf(config.maxDiskBytes, saved.maxDiskBytes),
      variable: "SIGNALBOX_MAX_DISK",
      fallback: DEFAULT_MAX_DISK_BYTES,
    },
    days: newestFirst.slice(0, SHOWN_DAYS).map(({ day, bytes, events }) => ({ day: dayName(day), bytes, events })),
    daysOmitted: Math.max(0, newestFirst.length - SHOWN_DAYS),
    telemetryBytes: days.reduce((sum, { bytes }) => sum + bytes, 0),
    otherBytes,
    storageFull,
    dropped: dropped.map(({ day, events, bytes, reason, droppedAt }) => ({
      day: dayName(day.getTime()),
      events: Number(events),
      bytes: Number(bytes),
      reason: reason === "age" ? "age" : "size",
      droppedAt: iso(droppedAt),
    })),
  };
}

/** What retention by these limits would drop at once. Variables of the environment hold here too. */
export async function previewRetentionChange(
  db: Database,
  settings: Settings,
  change: RetentionChange,
  nowMs: number,
): Promise<RetentionDryRun> {
  const store = await measureStore(db);
  const plan = planRetention({ ...store, nowMs, ...limitsOf(settings.config, change) });
  const gone: { day: number; events: number; exact: boolean }[] = [];
  for (const dropped of plan.drop) {
    const measured = store.days.find(({ day }) => day === dropped.day);
    if (measured) gone.push({ day: measured.day, ...(await eventsOf(db, measured)) });
  }
  const filled = gone.filter(({ events }) => events > 0);
  return {
    days: filled.length,
    oldest: dayOrNull(filled.at(0)?.day),
    newest: dayOrNull(filled.at(-1)?.day),
    events: filled.reduce((sum, { events }) => sum + events, 0),
    eventsExact: filled.every(({ exact }) => exact),
    bytes: plan.drop.reduce((sum, { bytes }) => sum + bytes, 0),
    bytesAfter: plan.bytesAfter,
    storageFull: plan.storageFull,
  };
}

async function eventsOf(
  db: Database,
  { day, bytes, events }: MeasuredDay,
): Promise<{ events: number; exact: boolean }> {
  if (events !== null && bytes > COUNTED_BYTES) return { events: Math.round(events), exact: false };
  return { events: await countDay(db, day), exact: true };
}

function originOf(variable: unknown, saved: unknown): ValueOrigin {
  return variable !== null ? "variable" : saved !== null ? "saved" : "default";
}

function dayOrNull(day: number | undefined): string | null {
  return day === undefined ? null : dayName(day);
}
