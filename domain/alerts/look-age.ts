/** Rules are looked at every ten seconds. After so long nobody looks any more, and what fired may be over. */
export const LOOK_HOLDS_MS = 2 * 60_000;

/** Whether what rules saw at `lookedAt` (ISO; null = never) still says something at `nowMs`. */
export function isLookedAfter(lookedAt: string | null, nowMs: number): boolean {
  return lookedAt !== null && nowMs - Date.parse(lookedAt) < LOOK_HOLDS_MS;
}
