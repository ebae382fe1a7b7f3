import { duration } from "@/client/format";

/** A stretch in which nothing happened, drawn shorter than it was. */
export interface Idle {
  fromX: number;
  toX: number;
  fromMs: number;
  toMs: number;
  label: string;
}

export interface TimeScale {
  fromMs: number;
  toMs: number;
  widthPx: number;
  xOf(atMs: number): number;
  msOf(x: number): number;
  idle: Idle[];
  /** Times to name on the axis, and the step between them where time is drawn evenly. */
  ticks: { x: number; atMs: number }[];
  stepMs: number;
}

export interface ScaleInput {
  fromMs: number;
  toMs: number;
  /** Stretches in which something happened, in any order. */
  active: { fromMs: number; toMs: number }[];
  widthPx: number;
  /** Whether silences are drawn shorter than they were. */
  shorten: boolean;
}

interface Piece {
  fromMs: number;
  toMs: number;
  fromX: number;
  toX: number;
  idle: boolean;
}

const IDLE_PX = 30;
/** A silence of less than this share of the whole is drawn as long as it was. */
const IDLE_SHARE = 0.03;
/** So much of the width silences may take. */
const IDLE_WIDTH_SHARE = 0.4;
const TICK_APART_PX = 92;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS_MS = [
  ...[10, 20, 50, 100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 7 * DAY, 30 * DAY],
];

/** Places times from left to right: evenly, but for long silences, which can be drawn shorter. */
export function prepareScale({ fromMs, toMs, active, widthPx, shorten }: ScaleInput): TimeScale {
  const wholeMs = Math.max(1, toMs - fromMs);
  const silences = shorten ? longSilences(fromMs, fromMs + wholeMs, active, widthPx) : [];
  const silentMs = silences.reduce((sum, silence) => sum + silence.toMs - silence.fromMs, 0);
  const pxPerMs = Math.max(1, widthPx - silences.length * IDLE_PX) / Math.max(1, wholeMs - silentMs);
  const pieces: Piece[] = [];
  const add = (untilMs: number, idle: boolean) => {
    const last = pieces.at(-1);
    const [startMs, startX] = [last?.toMs ?? fromMs, last?.toX ?? 0];
    if (untilMs <= startMs) return;
    const toX = startX + (idle ? IDLE_PX : (untilMs - startMs) * pxPerMs);
    pieces.push({ fromMs: startMs, toMs: untilMs, fromX: startX, toX, idle });
  };
  for (const silence of silences) {
    add(silence.fromMs, false);
    add(silence.toMs, true);
  }
  add(fromMs + wholeMs, false);
  const stepMs = STEPS_MS.find((step) => step * pxPerMs >= TICK_APART_PX) ?? 30 * DAY;
  const xOf = (atMs: number) => {
    const piece = pieces.find((candidate) => atMs <= candidate.toMs) ?? pieces.at(-1);
    return piece ? along(atMs, piece.fromMs, piece.toMs, piece.fromX, piece.toX) : 0;
  };
  const msOf = (x: number) => {
    const piece = pieces.find((candidate) => x <= candidate.toX) ?? pieces.at(-1);
    return piece ? along(x, piece.fromX, piece.toX, piece.fromMs, piece.toMs) : fromMs;
  };
  const idle = pieces
    .filter((piece) => piece.idle)
    .map((piece) => ({ ...piece, label: duration(piece.toMs - piece.fromMs) }));
  return { fromMs, toMs: fromMs + wholeMs, widthPx, xOf, msOf, idle, ticks: ticksOf(pieces, stepMs, widthPx), stepMs };
}

/** The longest silences, so many as the width has room for. */
function longSilences(fromMs: number, toMs: number, active: ScaleInput["active"], widthPx: number) {
  const leastMs = (toMs - fromMs) * IDLE_SHARE;
  const silences: { fromMs: number; toMs: number }[] = [];
  let quietMs = fromMs;
  for (const stretch of [...active].sort((a, b) => a.fromMs - b.fromMs)) {
    if (stretch.fromMs - quietMs > leastMs) silences.push({ fromMs: quietMs, toMs: stretch.fromMs });
    quietMs = Math.max(quietMs, stretch.toMs);
  }
  if (toMs - quietMs > leastMs && silences.length + active.length > 0) silences.push({ fromMs: quietMs, toMs });
  return silences
    .sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .slice(0, Math.floor((widthPx * IDLE_WIDTH_SHARE) / IDLE_PX))
    .sort((a, b) => a.fromMs - b.fromMs);
}

function ticksOf(pieces: Piece[], stepMs: number, widthPx: number): TimeScale["ticks"] {
  const ticks: TimeScale["ticks"] = [];
  for (const piece of pieces.filter(({ idle }) => !idle)) {
    for (let atMs = Math.ceil(piece.fromMs / stepMs) * stepMs; atMs <= piece.toMs; atMs += stepMs) {
      const x = along(atMs, piece.fromMs, piece.toMs, piece.fromX, piece.toX);
      const apart = x - (ticks.at(-1)?.x ?? -TICK_APART_PX) >= TICK_APART_PX * 0.9;
      if (apart && x <= widthPx - 30) ticks.push({ x, atMs });
    }
  }
  return ticks;
}

function along(value: number, from: number, to: number, first: number, last: number): number {
  const share = to === from ? 0 : (value - from) / (to - from);
  return first + Math.min(1, Math.max(0, share)) * (last - first);
}
