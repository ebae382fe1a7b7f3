/**
 * One POST to an address that a person gave. The name is resolved once, every address that it has is checked, and the
 * connection is made to these and no others. Redirects are not followed, the answer's body is not kept.
 */
import { promises as dns, type LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { type Attempt, type NetworkError, slackErrorOf } from "@/domain/alerts/delivery";
import { mayCall } from "./may-call";

/** From the look-up of the name until the answer's status. */
export const TIMEOUT_MS = 5_000;
/** Slack's words are shorter; nothing else of an answer is read. */
const MAX_READ_BYTES = 256;

export type Resolve = (host: string) => Promise<LookupAddress[]>;
const resolveName: Resolve = (host) => dns.lookup(host, { all: true, verbatim: true });

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Whether the beginning of a refusal may be one of Slack's words. */
  readsSlackErrors: boolean;
}

export interface PostOptions {
  timeoutMs?: number;
  resolve?: Resolve;
  signal?: AbortSignal;
}

/** Never throws for what the other side does. */
export async function postJson(post: Post, options: PostOptions = {}): Promise<Attempt> {
  const { timeoutMs = TIMEOUT_MS, resolve = resolveName } = options;
  const url = new URL(post.url);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const over = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])]);
  try {
    const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await unless(over, resolve(host));
    if (addresses.length === 0) return { kind: "network", error: "not_resolved" };
    if (!addresses.every(({ address }) => mayCall(address))) return { kind: "refused", error: "address" };
    const response = await send(url, post, pinnedTo(addresses), over);
    const status = response.statusCode ?? 0;
    const retryAfter = response.headers["retry-after"] ?? null;
    const slackError = post.readsSlackErrors && status >= 300 ? slackErrorOf(await beginningOf(response)) : null;
    response.destroy();
    return { kind: "answered", status, retryAfter, slackError };
  } catch (error) {
    return { kind: "network", error: over.aborted ? "timeout" : networkError(error) };
  }
}

function send(
  url: URL,
  { headers, body }: Post,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const content = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent: false, lookup, signal, headers: { ...headers, ...content } });
    // Stays to the end: a connection may break after its answer.
    sent.on("error", reject);
    sent.on("response", resolve);
    sent.end(body);
  });
}

function pinnedTo(addresses: LookupAddress[]): LookupFunction {
  const [first] = addresses;
  return (_host, { all }, answer) => {
    if (all) answer(null, addresses);
    else answer(null, first?.address ?? "", first?.family);
  };
}

/** What came within a moment, at most some bytes; an answer that never ends is no reason to wait. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  const read = async () => {
    let bytes = 0;
    for await (const part of response) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= MAX_READ_BYTES) break;
    }
  };
  await read().catch(() => undefined);
  return Buffer.concat(parts).subarray(0, MAX_READ_BYTES).toString("latin1");
}

/** `work`, or a rejection as soon as `signal` is given. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const TLS = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

function networkError(error: unknown): NetworkError {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(code)) return "not_resolved";
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "reset";
  if (code === "ETIMEDOUT") return "timeout";
  return TLS.test(code) ? "tls" : "network";
}
