/** Runs an action soon after it is asked for, never twice at once, and never more often than its interval allows. */

export interface Pace {
  /** Asks for a run. What is asked for during a run leads to one more. */
  request(): void;
  /** No further runs; one that is under way ends by itself. */
  stop(): void;
}

/** `action` at most once per `intervalMs`, the first time at once. An action that throws is told to `onError`. */
export function createPace(intervalMs: number, action: () => Promise<void>, onError: (error: unknown) => void): Pace {
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    timer = null;
    running = true;
    again = false;
    lastMs = performance.now();
    try {
      await action();
    } catch (error) {
      onError(error);
    }
    running = false;
    if (again) schedule();
  }

  function schedule(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => void run(), Math.max(0, lastMs + intervalMs - performance.now()));
  }

  return {
    request() {
      if (running) again = true;
      else schedule();
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
