import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Secrets are compared and stored as SHA-256 only. Lower-case hex. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** A secret of 256 bits that may stand in a URL or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares two digests in a time that does not depend on where they differ. */
export function sameDigest(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
