import type { LiveStatus } from "@/client/live/live-status";
import type { JudgedState } from "@/contracts/http";

export const BEHIND_AFTER_MS = 30_000;

/** Why what the page shows may be old. */
export type Oldness =
  | { kind: "offline"; problem: string | null }
  /** The connection stands, but nobody says any more how far judging is. */
  | { kind: "silent"; judged: JudgedState }
  | { kind: "behind"; judged: JudgedState };

interface Input {
  live: Pick<LiveStatus, "state" | "problem">;
  judged: JudgedState | null;
  /** When `judged` was heard; while all is well that is every five seconds. */
  heardAtMs: number;
  nowMs: number;
}

/** The first reason for a warning, else null. An empty queue is never behind. */
export function prepareOldness({ live, judged, heardAtMs, nowMs }: Input): Oldness | null {
  if (live.state === "offline" || live.state === "refused") return { kind: "offline", problem: live.problem };
  if (judged === null) return null;
  if (judged.backlog > 0 && nowMs - Date.parse(judged.upTo) > BEHIND_AFTER_MS) return { kind: "behind", judged };
  return nowMs - heardAtMs > BEHIND_AFTER_MS ? { kind: "silent", judged } : null;
}
