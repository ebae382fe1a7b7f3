import type { JudgedState } from "@/contracts/http";

export const BEHIND_AFTER_MS = 30_000;

/** How far judging is behind when that is worth a warning, else null. An empty queue is never behind. */
export function behindMs(judged: JudgedState | null, nowMs: number): number | null {
  if (judged === null || judged.backlog === 0) return null;
  const behind = nowMs - Date.parse(judged.upTo);
  return behind > BEHIND_AFTER_MS ? behind : null;
}
