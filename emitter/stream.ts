/**
 * One subscriber's reading of the ring: batches in order, coalesced, a bounded number on the way, and an honest
 * `gap` for what is gone. Knows nothing of sockets, so the same rules hold whatever carries it.
 */
import { MAX_UNACKNOWLEDGED_BATCHES, type SourceBatch, type SourceGap } from "@/contracts/source";
import type { WireEvent } from "./event";
import { formatCursor, parseCursor, type Ring } from "./ring";

export const COALESCE_MS = 100;
export const MAX_BATCH_EVENTS = 500;
/** About as much as a batch may weigh, so that payloads never make a message too big for a socket. */
const MAX_BATCH_BYTES = 512 * 1024;

export interface StreamOutput {
  telemetry(batch: SourceBatch, acknowledged: () => void): void;
  gap(gap: SourceGap): void;
}

export interface Stream {
  /** Something was added to the ring. */
  wake(): void;
  /** Resolves when everything now in the ring is sent and acknowledged, or the stream has ended. */
  drained(): Promise<void>;
  end(): void;
}

interface StreamOptions {
  epoch: string;
  ring: Ring<WireEvent>;
  /** Where the subscriber was, as told by itself. */
  cursor: string | null;
  /** The connections that are open at this moment; announced before anything else. */
  announcements: WireEvent[];
  output: StreamOutput;
  nowMs: () => number;
}

export function startStream({ epoch, ring, cursor, announcements, output, nowMs }: StreamOptions): Stream {
  const known = cursor === null ? null : parseCursor(epoch, cursor);
  // A position of this life that was never given out is as unknown as one of another life.
  let position = known !== null && known <= ring.next() ? known : null;
  let unacknowledged = 0;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  const waiting = new Set<() => void>();

  /** Moves to the oldest event still held, and says what was passed over. */
  function skipWhatIsGone() {
    const oldest = ring.oldest();
    if (position === null) {
      if (cursor !== null) output.gap({ from: cursor, to: formatCursor(epoch, oldest), lost: null });
      else if (oldest > 0) output.gap({ from: null, to: formatCursor(epoch, oldest), lost: oldest });
      position = oldest;
    } else if (position < oldest) {
      const from = formatCursor(epoch, position);
      output.gap({ from, to: formatCursor(epoch, oldest), lost: oldest - position });
      position = oldest;
    }
    return position;
  }

  function send(events: WireEvent[], after: number) {
    unacknowledged += 1;
    output.telemetry({ cursor: formatCursor(epoch, after), sentAt: nowMs(), events }, () => {
      unacknowledged -= 1;
      if (!ended) pump();
    });
  }

  function pump() {
    timer = null;
    while (!ended && unacknowledged < MAX_UNACKNOWLEDGED_BATCHES) {
      const from = skipWhatIsGone();
      const events = ring.read(from, MAX_BATCH_EVENTS, MAX_BATCH_BYTES);
      if (events.length === 0) break;
      position = from + events.length;
      send(events, position);
    }
    if (position === ring.next() && unacknowledged === 0) release();
  }

  function pumpNow() {
    if (timer) clearTimeout(timer);
    pump();
  }

  function release() {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  const start = skipWhatIsGone();
  for (let i = 0; i < announcements.length; i += MAX_BATCH_EVENTS) {
    send(announcements.slice(i, i + MAX_BATCH_EVENTS), start);
  }
  pump();

  return {
    wake() {
      if (ended || unacknowledged >= MAX_UNACKNOWLEDGED_BATCHES) return;
      if (ring.next() - (position ?? 0) >= MAX_BATCH_EVENTS) pumpNow();
      else timer ??= setTimeout(pump, COALESCE_MS);
    },
    drained() {
      if (ended) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.add(resolve);
        pumpNow();
      });
    },
    end() {
      ended = true;
      if (timer) clearTimeout(timer);
      release();
    },
  };
}
