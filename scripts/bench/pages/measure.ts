/** How long a request takes over real HTTP, from its first byte to the last of the answer. */
import type { Target } from "@/e2e/support/api";
import type { PageRequest } from "./requests";

export interface Measured {
  page: string;
  asks: string;
  requests: number;
  /** The first of its kind since the app started. */
  firstMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  /** The largest answer. */
  bytes: number;
}

/** Asks one after another, in turn through all variants. @throws when an answer is an error */
export async function measure(app: Target, request: PageRequest, rounds: number): Promise<Measured> {
  const took: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const path = request.variants[round % request.variants.length];
    if (path === undefined) throw new Error(`nothing to ask for: ${request.page}, ${request.asks}`);
    const began = performance.now();
    const response = await fetch(app.url + path, { headers: { authorization: `Bearer ${app.key}` } });
    const body = await response.arrayBuffer();
    took.push(performance.now() - began);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${Buffer.from(body).toString("utf8", 0, 500)}`);
    bytes = Math.max(bytes, body.byteLength);
  }
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  const { page, asks } = request;
  return {
    ...{ page, asks, requests: rounds, firstMs: took[0] ?? Number.NaN },
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1), bytes },
  };
}
