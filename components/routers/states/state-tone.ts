import type { StateTone } from "./prepared-states";

const TONES: Record<Exclude<StateTone, "plain" | "unknown">, string[]> = {
  bad: [
    ...["open", "opened", "tripped", "failed", "failing", "failure", "error", "critical", "fatal", "down", "dead"],
    ...["crashed", "unavailable", "unhealthy", "outage", "disconnected", "offline", "stopped", "blocked", "exhausted"],
  ],
  warn: [
    ...["half_open", "halfopen", "degraded", "recovering", "warning", "warn", "slow", "throttled", "limited"],
    ...["overloaded", "partial", "starting", "connecting", "reconnecting", "draining", "paused"],
  ],
  good: [
    ...["closed", "ok", "healthy", "up", "ready", "normal", "recovered", "running", "active", "available"],
    ...["connected", "online", "operational"],
  ],
};
const KNOWN = new Map(
  (["bad", "warn", "good"] as const).flatMap((tone) => TONES[tone].map((word) => [word, tone] as const)),
);

/** Whether a state is good or bad, by the words in use; other words mean nothing here, and say so by their colour. */
export function stateTone(state: string): StateTone {
  return (
    KNOWN.get(
      state
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, "_"),
    ) ?? "plain"
  );
}
