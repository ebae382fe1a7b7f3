/**
 * What a watched system installs. Keeps the newest observations in memory and hands them to whoever subscribes with
 * the token. It never throws into its host, never waits for a subscriber, and counts what it could not keep.
 */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Namespace, Server } from "socket.io";
import { createOrderedClock } from "./clock";
import { type EmitterEvent, isoMicros, type WireEvent, whyUnusable } from "./event";
import { createOpenConnections } from "./open-connections";
import { createRing } from "./ring";
import { type ServeOptions, serveStream } from "./serve-stream";
import { type Stream, type StreamOutput, startStream } from "./stream";

const MAX_PAYLOAD_BYTES = 64 * 1024;
/** Everything but the payload; whatever is larger would be rejected anyway, and might cost the connection. */
const MAX_FIELDS_BYTES = 64 * 1024;

export interface EmitterOptions {
  service: string;
  /** This process among its equals; connection ids need be unique within it only. Default: host name and process id. */
  instance?: string;
  version?: string;
  environment?: string;
  /** Events kept for subscribers that are away. Default 20,000. */
  capacity?: number;
  /** Memory those events may take. Default 32 MiB. */
  maxBufferBytes?: number;
  nowMs?: () => number;
}

export interface EmitterStats {
  emitted: number;
  /** Observations that were of no use to anybody (unknown stage, required field missing, not JSON). */
  invalid: number;
  /** Payloads left out because they were too large or not JSON. */
  payloadsOmitted: number;
  lastProblem: string | null;
  subscribers: number;
  openConnections: number;
}

export interface Emitter {
  readonly service: string;
  readonly environment: string | undefined;
  readonly startedAtMs: number;
  emit(event: EmitterEvent): void;
  /** Serves the stream on a Socket.IO server (under `/signalbox`) or on a namespace of one's own. Throws without a token. */
  serve(target: Server | Namespace, options: ServeOptions): { stop(): void };
  /** Starts one subscriber's stream over any transport. */
  subscribe(cursor: string | null, output: StreamOutput): Stream;
  stats(): EmitterStats;
  /** Resolves when every subscriber has acknowledged everything, at the latest after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;
  close(): void;
}

export function createEmitter(options: EmitterOptions): Emitter {
  const systemMs = options.nowMs ?? Date.now;
  const startedAtMs = systemMs();
  const clock = createOrderedClock(systemMs);
  const epoch = randomBytes(6).toString("hex");
  const instance = options.instance ?? `${hostname()}-${process.pid}`;
  const ring = createRing<WireEvent>({
    capacity: options.capacity ?? 20_000,
    maxBytes: options.maxBufferBytes ?? 32 * 1024 * 1024,
  });
  const connections = createOpenConnections();
  const streams = new Set<Stream>();
  const counts = { emitted: 0, invalid: 0, payloadsOmitted: 0 };
  let lastProblem: string | null = null;

  /** Plain JSON of its own, so that what the host changes later changes nothing here. */
  function toWire({ timeMs, payload, ...event }: EmitterEvent) {
    const base = {
      ...event,
      id: event.id ?? `${epoch}-${String(counts.emitted).padStart(10, "0")}`,
      time: isoMicros(timeMs ?? clock()),
      service: options.service,
      instance,
      ...(options.version === undefined ? {} : { version: options.version }),
      ...(options.environment === undefined ? {} : { environment: options.environment }),
    };
    const text = payload === undefined ? undefined : payloadText(payload);
    const json = JSON.stringify(base);
    const fieldsBytes = Buffer.byteLength(json);
    const wire = JSON.parse(json) as WireEvent;
    if (text !== undefined) wire.payload = JSON.parse(text);
    return { event: wire, fieldsBytes, bytes: fieldsBytes + Buffer.byteLength(text ?? "") };
  }

  function payloadText(payload: unknown): string | undefined {
    try {
      const text = JSON.stringify(payload);
      if (text === undefined || Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES) return text;
    } catch {
      // Counted below: a payload that is no JSON costs the payload, never the observation.
    }
    counts.payloadsOmitted += 1;
    return undefined;
  }

  function refuse(problem: string) {
    counts.invalid += 1;
    lastProblem = problem;
  }

  function subscribe(cursor: string | null, output: StreamOutput): Stream {
    const stream = startStream({
      epoch,
      ring,
      cursor,
      announcements: connections.announce(),
      output,
      nowMs: systemMs,
    });
    streams.add(stream);
    return {
      ...stream,
      end() {
        streams.delete(stream);
        stream.end();
      },
    };
  }

  return {
    service: options.service,
    environment: options.environment,
    startedAtMs,
    emit(event) {
      try {
        const problem = whyUnusable(event);
        if (problem) return refuse(problem);
        const wire = toWire(event);
        if (wire.fieldsBytes > MAX_FIELDS_BYTES)
          return refuse(`${event.stage} is larger than ${MAX_FIELDS_BYTES} bytes`);
        counts.emitted += 1;
        connections.observe(wire.event);
        ring.push(wire.event, wire.bytes);
        for (const stream of streams) stream.wake();
      } catch (error) {
        refuse(error instanceof Error ? error.message : String(error));
      }
    },
    serve: (target, serveOptions) => serveStream(target, subscribe, serveOptions),
    subscribe,
    stats: () => ({ ...counts, lastProblem, subscribers: streams.size, openConnections: connections.count() }),
    async flush(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([Promise.all([...streams].map((stream) => stream.drained())), timeout]);
      clearTimeout(timer);
    },
    close() {
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
