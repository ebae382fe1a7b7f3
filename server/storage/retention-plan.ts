/** Which days go: a function of what is stored, so that it can be shown before anything is dropped. */
import { DAY_MS, startOfDay } from "./partition-days";

export interface StoredDay {
  /** Start of the UTC day, ms. */
  day: number;
  bytes: number;
}

export interface RetentionInput {
  days: readonly StoredDay[];
  /** Everything in the database that is not telemetry of a day. */
  otherBytes: number;
  nowMs: number;
  retentionMs: number;
  maxBytes: number;
}

export type DropReason = "age" | "size";

export interface RetentionPlan {
  /** Oldest first. */
  drop: (StoredDay & { reason: DropReason })[];
  bytesAfter: number;
  /** Nothing more may be dropped, and the limit is passed all the same: no telemetry can be taken in. */
  storageFull: boolean;
}

/** Days that ended before the retention go by age; then the oldest go until the rest fits, but never today. */
export function planRetention({ days, otherBytes, nowMs, retentionMs, maxBytes }: RetentionInput): RetentionPlan {
  const today = startOfDay(nowMs);
  const drop: RetentionPlan["drop"] = [];
  let bytesAfter = days.reduce((sum, { bytes }) => sum + bytes, otherBytes);
  for (const stored of [...days].sort((a, b) => a.day - b.day)) {
    if (stored.day >= today) break;
    const tooOld = isPastRetention(stored.day, { nowMs, retentionMs });
    if (!tooOld && bytesAfter <= maxBytes) break;
    drop.push({ ...stored, reason: tooOld ? "age" : "size" });
    bytesAfter -= stored.bytes;
  }
  return { drop, bytesAfter, storageFull: bytesAfter > maxBytes };
}

/** Whether the day's last moment is older than the retention. */
export function isPastRetention(day: number, { nowMs, retentionMs }: { nowMs: number; retentionMs: number }): boolean {
  return day + DAY_MS <= nowMs - retentionMs;
}
