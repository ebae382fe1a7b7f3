/** Reads a request's body, unpacked, and never more than the limit or than the budget leaves, before or after inflating. */
import type { Readable } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import type { ByteBudget, Reservation } from "./byte-budget";

export const MAX_BODY_BYTES = 20 * 1024 * 1024;
const RETRY_MS = 1_000;

export type BodyResult = { ok: true; body: Buffer } | BodyRefusal;
export type BodyRefusal = {
  ok: false;
  code: "body_too_large" | "unsupported_encoding" | "invalid_encoding" | "aborted" | "queue_full";
  message: string;
  retryAfterMs?: number;
};

type Unpacker = () => ReturnType<typeof createGunzip>;
const unpackers: Readonly<Record<string, Unpacker | null>> = {
  "": null,
  identity: null,
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
};

export interface ReadBodyOptions {
  /** The Content-Encoding header. */
  encoding: string;
  /** The Content-Length header; 0 where there is none. */
  statedBytes: number;
  /** Asked before anything is read; a stated length alone reserves nothing, or a slow sender could shut everybody out. */
  budget: ByteBudget;
  /** Grows by every byte that is held, as it comes out of the unpacker. The caller releases it. */
  reservation: Reservation;
}

/** Never throws. */
export async function readBody(stream: Readable, options: ReadBodyOptions): Promise<BodyResult> {
  const name = options.encoding.trim().toLowerCase();
  const unpacker = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
  if (unpacker === undefined) {
    return { ok: false, code: "unsupported_encoding", message: "Content-Encoding must be gzip, deflate or identity" };
  }
  if (options.statedBytes > MAX_BODY_BYTES) return tooLarge("the body");
  if (!options.budget.fits(options.statedBytes)) return tooMuchAtOnce();
  const held = createHeld(options.reservation);
  return unpacker === null ? readPlain(stream, held) : readPacked(stream, unpacker(), held, name);
}

async function readPlain(stream: Readable, held: Held): Promise<BodyResult> {
  const refused = await eachChunk(stream, (chunk) => held.add(chunk, "the body"));
  return refused ?? held.result();
}

/** What is packed waits for the unpacker, so that hardly more is in memory than what came out of it. */
async function readPacked(
  stream: Readable,
  unpacker: ReturnType<Unpacker>,
  held: Held,
  name: string,
): Promise<BodyResult> {
  let packedBytes = 0;
  let refused: BodyRefusal | null = null;
  const ended = new Promise<void>((resolve) => {
    unpacker.on("error", () => {
      refused ??= { ok: false, code: "invalid_encoding", message: `the body is not valid ${name}` };
      resolve();
    });
    unpacker.on("end", resolve);
    unpacker.on("close", resolve);
  });
  unpacker.on("data", (chunk: Buffer) => {
    refused ??= held.add(chunk, "the inflated body");
    if (refused) unpacker.destroy();
  });
  const unread = await eachChunk(stream, async (chunk) => {
    packedBytes += chunk.length;
    if (packedBytes > MAX_BODY_BYTES) return tooLarge("the body");
    if (refused) return refused;
    if (!unpacker.write(chunk)) await Promise.race([ended, drained(unpacker)]);
    return refused;
  });
  if (unread) {
    unpacker.destroy();
    return unread;
  }
  if (!refused) unpacker.end();
  await ended;
  return refused ?? held.result();
}

function drained(unpacker: ReturnType<Unpacker>): Promise<void> {
  return new Promise((resolve) => unpacker.once("drain", resolve));
}

/** Gives each chunk to `take` until it refuses. */
async function eachChunk(
  stream: Readable,
  take: (chunk: Buffer) => BodyRefusal | null | Promise<BodyRefusal | null>,
): Promise<BodyRefusal | null> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      const refused = await take(chunk);
      if (refused) return refused;
    }
    return null;
  } catch {
    return { ok: false, code: "aborted", message: "the request ended too early" };
  }
}

interface Held {
  /** Why the chunk was not kept, or null. */
  add(chunk: Buffer, what: string): BodyRefusal | null;
  result(): BodyResult;
}

function createHeld(reservation: Reservation): Held {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk, what) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return tooLarge(what);
      if (!reservation.grow(chunk.length)) return tooMuchAtOnce();
      chunks.push(chunk);
      return null;
    },
    result: () => ({ ok: true, body: Buffer.concat(chunks, bytes) }),
  };
}

function tooLarge(what: string): BodyRefusal {
  return { ok: false, code: "body_too_large", message: `${what} has more than ${MAX_BODY_BYTES} bytes` };
}

/** Whole bodies and batches are refused so, and may come again. */
export function tooMuchAtOnce() {
  return {
    ok: false as const,
    code: "queue_full" as const,
    message: "too much is being read",
    retryAfterMs: RETRY_MS,
  };
}
