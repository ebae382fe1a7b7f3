/** Deltas of one room that wait while the page is paused. Bounded: what does not fit is dropped, and the room is stale. */
export const MAX_HELD = 500;

export interface HeldDeltas {
  patches: unknown[];
  /** Deltas that came, those that a later one replaced among them. */
  waiting: number;
  /** What waits is no longer enough: the room has to be fetched anew. */
  stale: boolean;
}

export const NOTHING_HELD: HeldDeltas = { patches: [], waiting: 0, stale: false };

/** With one more delta; `replaces` = it says all that the earlier ones said. `dropped` tells whether it found no room. */
export function holdDelta(held: HeldDeltas, patch: unknown, replaces: boolean): { held: HeldDeltas; dropped: boolean } {
  const waiting = held.waiting + 1;
  if (replaces) return { held: { ...held, patches: [patch], waiting }, dropped: false };
  if (held.patches.length < MAX_HELD) {
    return { held: { ...held, patches: [...held.patches, patch], waiting }, dropped: false };
  }
  return { held: { ...held, stale: true }, dropped: true };
}

/** What was held is overtaken by something that only a new snapshot shows. */
export function outdated(held: HeldDeltas): HeldDeltas {
  return { ...held, stale: true };
}
