/** Pushes an emitter's events to Signalbox, for a process that cannot be reached from there. Resumes where it was. */
import { io } from "socket.io-client";
import { PUSH_NAMESPACE, type SourceBatch } from "@/contracts/source";
import type { Emitter } from "./create-emitter";
import type { Stream } from "./stream";

const RETRY_MS = 1_000;
/** After a refusal, or when the server ended the connection on purpose. */
const REFUSED_RETRY_MS = 10_000;

export interface Push {
  close(): void;
}

interface PushAnswer {
  error?: { retryAfterMs?: number };
}

/** `key` is an ingest key. A batch that is refused is sent again after the time that Signalbox asks for. */
export function push(emitter: Emitter, url: string, key: string): Push {
  const socket = io(`${url.replace(/\/$/, "")}${PUSH_NAMESPACE}`, {
    auth: { key },
    transports: ["websocket"],
    forceNew: true,
  });
  const timers = new Set<NodeJS.Timeout>();
  let cursor: string | null = null;
  let stream: Stream | null = null;

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
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  function start() {
    stop();
    const onTheWay: { cursor: string; done: boolean }[] = [];

    function telemetry(batch: SourceBatch, acknowledged: () => void) {
      const entry = { cursor: batch.cursor, done: false };
      onTheWay.push(entry);
      const send = () =>
        socket.emit("telemetry", { sentAt: Date.now(), events: batch.events }, (answer: PushAnswer) => {
          if (answer.error) return after(answer.error.retryAfterMs ?? RETRY_MS, send);
          entry.done = true;
          // Only what comes before everything unconfirmed need never be sent again.
          while (onTheWay[0]?.done) cursor = onTheWay.shift()?.cursor ?? cursor;
          acknowledged();
        });
      send();
    }
    stream = emitter.subscribe(cursor, { telemetry, gap: () => undefined });
  }

  socket.on("connect", start);
  socket.on("disconnect", (reason) => {
    stop();
    if (reason === "io server disconnect") after(REFUSED_RETRY_MS, () => socket.connect());
  });
  socket.on("connect_error", () => {
    if (!socket.active) after(REFUSED_RETRY_MS, () => socket.connect());
  });

  return {
    close() {
      stop();
      socket.disconnect();
    },
  };
}
