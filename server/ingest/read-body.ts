/** Reads a request's body, unpacked, and never more than the limit, before or after inflating. */
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";

export const MAX_BODY_BYTES = 20 * 1024 * 1024;

export type BodyResult =
  | { ok: true; body: Buffer }
  | { ok: false; code: "body_too_large" | "unsupported_encoding" | "invalid_encoding" | "aborted"; message: string };

type Unpack = (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const unpackers: Readonly<Record<string, Unpack | null>> = {
  "": null,
  identity: null,
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  "x-gzip": promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
};

/** Reads `stream`, packed as the Content-Encoding header says. Never throws. */
export async function readBody(stream: Readable, encoding: string, statedBytes: number): Promise<BodyResult> {
  const name = encoding.trim().toLowerCase();
  const unpack = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
  if (unpack === undefined) {
    return { ok: false, code: "unsupported_encoding", message: "Content-Encoding must be gzip, deflate or identity" };
  }
  if (statedBytes > MAX_BODY_BYTES) return tooLarge("the body");
  const packed = await collect(stream);
  if (!packed.ok || unpack === null) return packed;
  try {
    return { ok: true, body: await unpack(packed.body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    const overflow = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    if (overflow) return tooLarge("the inflated body");
    return { ok: false, code: "invalid_encoding", message: `the body is not valid ${name}` };
  }
}

async function collect(stream: Readable): Promise<BodyResult> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return tooLarge("the body");
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, code: "aborted", message: "the request ended too early" };
  }
  return { ok: true, body: Buffer.concat(chunks, bytes) };
}

function tooLarge(what: string): BodyResult {
  return { ok: false, code: "body_too_large", message: `${what} has more than ${MAX_BODY_BYTES} bytes` };
}
