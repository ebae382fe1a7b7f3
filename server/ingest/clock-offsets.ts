/** How far senders' clocks are from ours: the smallest (received − stated) of the last five minutes, per clock. */
const WINDOW_MS = 300_000;
const MAX_CLOCKS = 10_000;

interface Sample {
  atMs: number;
  offsetMs: number;
}

export interface ClockOffsets {
  /** Adds an observation and returns the clock's offset. */
  observe(clock: string, offsetMs: number, atMs: number): number;
  /** The offset at `atMs`, or null where the clock has stated nothing for five minutes. */
  read(clock: string, atMs: number): number | null;
}

export function createClockOffsets(): ClockOffsets {
  // Per clock a queue with rising offsets: its head is the minimum of the window.
  const clocks = new Map<string, Sample[]>();

  const observe = (clock: string, offsetMs: number, atMs: number) => {
    const samples = clocks.get(clock) ?? [];
    while (samples.length > 0 && (samples.at(-1)?.offsetMs ?? 0) >= offsetMs) samples.pop();
    samples.push({ atMs, offsetMs });
    dropOld(samples, atMs);
    clocks.delete(clock);
    clocks.set(clock, samples);
    if (clocks.size > MAX_CLOCKS) clocks.delete(clocks.keys().next().value ?? "");
    return samples[0]?.offsetMs ?? offsetMs;
  };

  const read = (clock: string, atMs: number) => {
    const samples = clocks.get(clock) ?? [];
    dropOld(samples, atMs);
    return samples[0]?.offsetMs ?? null;
  };

  return { observe, read };
}

function dropOld(samples: Sample[], atMs: number): void {
  while (samples[0] && samples[0].atMs < atMs - WINDOW_MS) samples.shift();
}
