/** Waits that double from `minMs` to `maxMs`, each shortened by up to a half at random so that many do not come at once. */
export interface Backoff {
  nextMs(): number;
  /** It worked: the next wait is the shortest again. */
  reset(): void;
}

export interface BackoffRange {
  minMs: number;
  maxMs: number;
}

export function createBackoff({ minMs, maxMs }: BackoffRange, random: () => number = Math.random): Backoff {
  let waits = 0;
  return {
    nextMs() {
      const fullMs = Math.min(maxMs, minMs * 2 ** Math.min(waits, 30));
      waits += 1;
      return Math.round(fullMs * (1 - random() / 2));
    },
    reset() {
      waits = 0;
    },
  };
}
