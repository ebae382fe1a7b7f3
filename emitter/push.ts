/**
 * Pushes an emitter's events to Signalbox, for a process that cannot be reached from there. Resumes where it was, says
 * what the emitter could not keep meanwhile, and asks ever more rarely while it is refused. Never throws into its host.
 */
import { io } from "socket.io-client";
import {
  PUSH_NAMESPACE,
  type PushAuth,
  type PushGap,
  pushRefusal,
  type SourceBatch,
  type SourceGap,
} from "@/contracts/source";
import { type BackoffRange, createBackoff } from "./backoff";
import type { Emitter } from "./create-emitter";
import { splitCursor } from "./ring";
import type { Stream } from "./stream";

/** A batch that was not taken and came back without a time to wait. */
const RETRY: BackoffRange = { minMs: 1_000, maxMs: 30_000 };
/** A key that is refused, or a connection that Signalbox ended on purpose. */
const REFUSED: BackoffRange = { minMs: 10_000, maxMs: 300_000 };
const KEY_REFUSED: ReadonlySet<string> = new Set(["unauthorized", "forbidden", "origin_not_allowed"]);

export interface PushProblem {
  /** `overflow`, `unreachable`, or the code that Signalbox refused with: `unauthorized`, `queue_full`, … */
  code: string;
  message: string;
  /** When it is tried again; null where that is not for this side to say. */
  retryInMs: number | null;
}

export interface PushState {
  /** `refused`: Signalbox does not take this key; it is asked again, ever more rarely. */
  status: "connecting" | "connected" | "refused" | "closed";
  /** Events that were given up because the emitter's buffer was full; Signalbox is told how many. */
  lost: number;
  lastProblem: PushProblem | null;
}

export interface PushOptions {
  /** Told of everything that goes wrong. What it throws is ignored. */
  onError?(problem: PushProblem): void;
  retry?: BackoffRange;
  refusedRetry?: BackoffRange;
}

export interface Push {
  state(): PushState;
  close(): void;
}

/** `key` is an ingest key. A batch that is not taken is sent again after the time that Signalbox asks for. */
export function push(emitter: Emitter, url: string, key: string, options: PushOptions = {}): Push {
  const auth: PushAuth = { key, service: emitter.service, environment: emitter.environment };
  const socket = io(`${url.replace(/\/$/, "")}${PUSH_NAMESPACE}`, {
    auth,
    transports: ["websocket"],
    forceNew: true,
  });
  const refusals = createBackoff(options.refusedRetry ?? REFUSED);
  const timers = new Set<NodeJS.Timeout>();
  let status: PushState["status"] = "connecting";
  let lastProblem: PushProblem | null = null;
  let confirmedLost = 0;
  let announcedLost = 0;
  let cursor: string | null = null;
  let stream: Stream | null = null;

  function report(code: string, message: string, retryInMs: number | null) {
    lastProblem = { code, message, retryInMs };
    try {
      options.onError?.(lastProblem);
    } catch {
      // The host's own trouble.
    }
  }

  function after(ms: number, action: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
  }

  function stop() {
    stream?.end();
    stream = null;
    announcedLost = 0;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  function reconnectLater(code: string, message: string) {
    const retryInMs = refusals.nextMs();
    after(retryInMs, () => socket.connect());
    report(code, message, retryInMs);
  }

  function refused(code: string, message: string) {
    status = KEY_REFUSED.has(code) ? "refused" : "connecting";
    stop();
    socket.disconnect();
    reconnectLater(code, message);
  }

  function start() {
    stop();
    status = "connected";
    const onTheWay: { cursor: string; done: boolean }[] = [];

    function deliver(name: "telemetry" | "gap", upTo: string, body: () => object, taken: () => void) {
      const entry = { cursor: upTo, done: false };
      const retries = createBackoff(options.retry ?? RETRY);
      onTheWay.push(entry);
      const send = () => socket.emit(name, body(), answered);
      const answered = (answer: unknown) => {
        const refusal = pushRefusal.safeParse(answer);
        if (refusal.success) {
          const { code, message, retryAfterMs } = refusal.data.error;
          if (KEY_REFUSED.has(code)) return refused(code, message);
          const retryInMs = retryAfterMs ?? retries.nextMs();
          after(retryInMs, send);
          return report(code, message, retryInMs);
        }
        refusals.reset();
        entry.done = true;
        // Only what comes before everything unconfirmed need never be sent again.
        while (onTheWay[0]?.done) cursor = onTheWay.shift()?.cursor ?? cursor;
        taken();
      };
      send();
    }

    function telemetry(batch: SourceBatch, acknowledged: () => void) {
      deliver("telemetry", batch.cursor, () => ({ sentAt: Date.now(), events: batch.events }), acknowledged);
    }

    function gap(announced: SourceGap) {
      const body = toPushGap(announced, emitter.startedAtMs);
      if (!body) return;
      const lost = body.to - body.from;
      announcedLost += lost;
      deliver(
        "gap",
        announced.to,
        () => body,
        () => {
          confirmedLost += lost;
          announcedLost -= lost;
        },
      );
      report("overflow", `${lost} events were lost: more came than the emitter may keep`, null);
    }
    stream = emitter.subscribe(cursor, { telemetry, gap });
  }

  socket.on("connect", start);
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    stop();
    status = "connecting";
    if (reason === "io server disconnect") reconnectLater("disconnected", "Signalbox ended the connection");
  });
  socket.on("connect_error", (error) => {
    if (socket.active) {
      status = "connecting";
      return report("unreachable", error.message, null);
    }
    refused(error.message, "Signalbox refused the connection");
  });

  return {
    state: () => ({ status, lost: confirmedLost + announcedLost, lastProblem }),
    close() {
      status = "closed";
      stop();
      socket.disconnect();
    },
  };
}

/** Before the first acknowledgement a gap begins with the first event of this process life. */
function toPushGap({ from, to }: SourceGap, sinceMs: number): PushGap | null {
  const end = splitCursor(to);
  const begin = from === null ? null : splitCursor(from);
  return end && { epoch: end.epoch, from: begin?.position ?? 0, to: end.position, sinceMs };
}
