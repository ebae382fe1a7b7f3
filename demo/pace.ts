/** The demo's sense of time: everything that takes time goes through here, so that it can be sped up and stopped. */

export interface Pace {
  /** Resolves after `ms` of demo time; never, once stopped. */
  wait(ms: number): Promise<void>;
  stop(): void;
}

/** `speed` 1 is real time, 20 is twenty times as fast. */
export function createPace(speed: number): Pace {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        if (stopped) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, ms / speed);
        timers.add(timer);
      }),
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
