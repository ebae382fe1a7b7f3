/**
 * One subscription: connects out, resumes from the stored cursor, takes batches one after another and acknowledges each
 * after its commit. Everything that touches the database runs in one sequence, so states and cursors never overtake.
 */
import { io } from "socket.io-client";
import { type SourceBatch, sourceBatch, sourceGap } from "@/contracts/source";
import { isCleanName } from "@/domain/telemetry/text";
import type { SourceConfig } from "@/server/config";
import { jsonBytes } from "@/server/ingest/json-bytes";
import { MAX_BODY_BYTES } from "@/server/ingest/read-body";
import { createCatchUp } from "./catch-up";
import { describeFailure } from "./describe-failure";
import { newestEventMs } from "./newest-event";
import { createReadings } from "./readings";
import { createSequence } from "./sequence";
import * as store from "./source-store";
import { senderOf, takeBatch } from "./take-batch";
import type { Subscription, SubscriptionDeps } from "./types";

/** Batches of one connection that may wait here. Sources send far fewer before an acknowledgement. */
const MAX_WAITING_BATCHES = 64;
/** Bytes that they may have together; one alone may have more. */
const MAX_WAITING_BYTES = MAX_BODY_BYTES;

interface Connection {
  atMs: number;
  ended: AbortController;
  /** Batches that came and are not answered. */
  waiting: number;
  waitingBytes: number;
  /** More came than may wait: what comes is left out, and replayed after a reconnect when the waiting ones are stored. */
  isFull: boolean;
}

function hasRoom({ waiting, waitingBytes }: Connection, bytes: number): boolean {
  return waiting === 0 || (waiting < MAX_WAITING_BATCHES && waitingBytes + bytes <= MAX_WAITING_BYTES);
}

export function subscribe(source: SourceConfig, deps: SubscriptionDeps): Subscription {
  const { db, ingest, nowMs, timing, onChange } = deps;
  const warn = (message: string) => deps.log.warn(`source ${source.id}: ${message}`);
  const stopping = new AbortController();
  const sequence = createSequence(stopping.signal, warn);
  const readings = createReadings({
    db,
    sourceId: source.id,
    everyMs: timing.saveEveryMs,
    onSaved: onChange,
    log: deps.log,
  });
  let connection: Connection | null = null;
  let retryTimer: NodeJS.Timeout | undefined;
  /** Why the last attempt failed: the log says it once, not at every attempt. */
  let failure: string | null = null;

  const inSequence = (step: () => Promise<unknown>) =>
    sequence.add(async () => {
      await step();
      onChange();
    });
  const show = (message: string, state: store.SourceState | null) => {
    const atMs = nowMs();
    void inSequence(() => store.saveError(db, source.id, message, atMs, state));
  };
  const catchUp = createCatchUp(timing.caughtUpAfterMs, () => {
    const atMs = nowMs();
    void inSequence(() => store.closeOutage(db, source, atMs));
  });

  const socket = io(source.url, {
    autoConnect: false,
    forceNew: true,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: timing.reconnectMinMs,
    reconnectionDelayMax: timing.reconnectMaxMs,
    auth: (give) =>
      void sequence.add(async () => give({ token: source.token, cursor: await store.loadCursor(db, source.id) })),
  });
  const retryIn = (waitMs: number) => {
    clearTimeout(retryTimer);
    if (!stopping.signal.aborted) retryTimer = setTimeout(() => socket.connect(), waitMs);
  };

  const connected = () => {
    const atMs = nowMs();
    connection = { atMs, ended: new AbortController(), waiting: 0, waitingBytes: 0, isFull: false };
    failure = null;
    deps.log.info(`source ${source.id}: connected`);
    void inSequence(() => store.saveConnected(db, source.id, atMs));
    catchUp.begin();
  };

  const ended = (reason: string) => {
    if (!connection) return;
    // After a ping timeout nobody knows since when nothing came through.
    const heardAtMs = reason === "ping timeout" ? (readings.lastReceivedAtMs() ?? 0) : nowMs();
    const fromMs = Math.max(connection.atMs, heardAtMs);
    connection.ended.abort();
    connection = null;
    catchUp.cancel();
    warn(`disconnected: ${reason}`);
    void readings.save();
    void inSequence(() => store.saveDisconnected(db, source, fromMs, `disconnected: ${reason}`));
  };

  const take = async (batch: SourceBatch, receivedAtMs: number, from: Connection) => {
    const { signal } = from.ended;
    const onWait = async (message: string) => {
      const saved = store.saveError(db, source.id, `waiting: ${message}`, nowMs(), null);
      await saved.then(onChange, (error: unknown) => warn(`waiting: ${describeFailure(error)}`));
    };
    const ack = await takeBatch(batch, { source, ingest, receivedAtMs, signal, onWait });
    if (!ack) return null;
    const newestMs = newestEventMs(batch.events);
    const clockOffsetMs = ingest.clockOffsetMs(senderOf(source.id), receivedAtMs);
    readings.add({ receivedAtMs, newestMs, clockOffsetMs });
    if (newestMs !== null && newestMs + (clockOffsetMs ?? 0) >= from.atMs) catchUp.reached();
    return ack;
  };

  socket.on("connect", connected);
  socket.on("disconnect", (reason) => {
    ended(reason);
    if (!socket.active) retryIn(timing.reconnectMinMs);
  });
  socket.on("connect_error", (error) => {
    const refused = !socket.active;
    const message = refused ? `refused: ${describeFailure(error)}` : describeFailure(error);
    if (message !== failure) warn(message);
    failure = message;
    show(message, refused ? "refused" : null);
    if (refused) retryIn(timing.refusedRetryMs);
  });
  socket.on("telemetry", (message: unknown, acknowledge: unknown) => {
    const receivedAtMs = nowMs();
    const from = connection;
    const parsed = sourceBatch.safeParse(message);
    const bytes = jsonBytes(message, MAX_WAITING_BYTES);
    const answer = (value: unknown) => typeof acknowledge === "function" && acknowledge(value);
    if (!parsed.success || !isCleanName(parsed.data.cursor)) {
      show("sent a batch that is not { cursor, sentAt?, events }", null);
      readings.add(null);
      answer({ error: { code: "invalid_body", message: "a batch is { cursor, sentAt?, events: [...] }" } });
    } else if (from && !hasRoom(from, bytes)) {
      if (!from.isFull) show("sends without waiting for acknowledgements", null);
      from.isFull = true;
    } else if (from && !from.isFull) {
      from.waiting++;
      from.waitingBytes += bytes;
      catchUp.busy();
      const taken = sequence.add(async () => {
        const ack = await take(parsed.data, receivedAtMs, from).catch((error: unknown) => {
          // The next batch must not move the cursor past this one: what is not stored is replayed.
          from.ended.abort();
          socket.io.engine.close();
          throw error;
        });
        if (ack) answer(ack);
      });
      void taken.finally(() => {
        from.waiting--;
        from.waitingBytes -= bytes;
        catchUp.free();
        if (from.isFull && from.waiting === 0 && from === connection) socket.io.engine.close();
      });
    }
  });
  socket.on("gap", (message: unknown) => {
    const atMs = nowMs();
    const from = connection;
    const parsed = sourceGap.safeParse(message);
    if (!parsed.success || !isCleanName(parsed.data.to + (parsed.data.from ?? ""))) {
      show("announced a gap that is not { from, to, lost }", null);
    } else if (from && !from.isFull) {
      void inSequence(async () => {
        if (!from.ended.signal.aborted) await store.saveGap(db, source, parsed.data, atMs);
      });
    }
  });
  socket.connect();

  return {
    stop: async () => {
      clearTimeout(retryTimer);
      ended("Signalbox stopped");
      stopping.abort();
      socket.removeAllListeners();
      socket.disconnect();
      await sequence.idle();
      await readings.save();
    },
  };
}
