import type { Database } from "@/server/storage/database";
import type { Principal } from "./principal";
import { digest, newSecret } from "./secret";

/** A session ends after this long without a request. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** The last use is written at most this often. */
const TOUCH_MS = 60_000;

/** Starts a session for `person`; the secret goes into the cookie and is stored as a digest only. */
export async function startSession({ prisma }: Database, person: string, nowMs: number): Promise<string> {
  const secret = newSecret();
  const now = new Date(nowMs);
  await prisma.session.create({ data: { hash: digest(secret), person, createdAt: now, lastSeenAt: now } });
  return secret;
}

/** Who holds the session with this digest; null when it is unknown, revoked or idle for too long. */
export async function findSession({ prisma }: Database, hash: string, nowMs: number): Promise<Principal | null> {
  const session = await prisma.session.findUnique({ where: { hash } });
  if (!session || session.revokedAt || nowMs - session.lastSeenAt.getTime() > SESSION_IDLE_MS) return null;
  if (nowMs - session.lastSeenAt.getTime() > TOUCH_MS) {
    await prisma.session.updateMany({ where: { hash }, data: { lastSeenAt: new Date(nowMs) } });
  }
  return { kind: "session", id: hash, name: session.person, role: "read", environments: "all" };
}

/** Ends a session for good. Ending one that is over already changes nothing. */
export async function revokeSession({ prisma }: Database, hash: string, nowMs: number): Promise<void> {
  await prisma.session.updateMany({ where: { hash, revokedAt: null }, data: { revokedAt: new Date(nowMs) } });
}
