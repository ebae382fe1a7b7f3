import { createHmac } from "node:crypto";

const SHORT_HEX = 16;
const LONG_HEX = 64;
const MAX_CACHED = 10_000;
const MAX_CACHED_LENGTH = 64;

export interface Fingerprints {
  /** 16 hex digits: enough to tell contents apart. */
  short(text: string): string;
  /** 64 hex digits. */
  long(text: string): string;
}

/** HMAC-SHA-256 under the installation's secret. Short texts (mostly field names) repeat and are remembered. */
export function createFingerprints(secret: Buffer): Fingerprints {
  const cache = new Map<string, string>();
  const hmac = (text: string, digits: number) =>
    createHmac("sha256", secret).update(text).digest("hex").slice(0, digits);

  const short = (text: string) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const made = hmac(text, SHORT_HEX);
    if (text.length <= MAX_CACHED_LENGTH) {
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(text, made);
    }
    return made;
  };
  return { short, long: (text) => hmac(text, LONG_HEX) };
}
