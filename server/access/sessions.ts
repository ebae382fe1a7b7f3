import { type PersonRole, personRole, type SessionList, type SessionRow } from "@/contracts/access";
import { writeCursor } from "@/server/queries/cursor";
import { iso, isoOrNull } from "@/server/queries/iso";
import { cutPage } from "@/server/queries/page";
import type { Database } from "@/server/storage/database";
import type { Session } from "@/server/storage/generated/client";
import type { Principal } from "./principal";
import { digest, newSecret } from "./secret";

/** A session ends after this long without a request. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** The last use is written at most this often. */
const TOUCH_MS = 60_000;
const MAX_USER_AGENT = 300;

export interface Person {
  name: string;
  role: PersonRole;
}
/** Where somebody signs in from. */
export interface Visitor {
  address: string | null;
  userAgent: string | null;
}

/** Starts a session for a person; the secret goes into the cookie and is stored as a digest only. */
export async function startSession(
  { prisma }: Database,
  { name, role }: Person,
  { address, userAgent }: Visitor,
  nowMs: number,
): Promise<{ secret: string; id: string }> {
  const secret = newSecret();
  const now = new Date(nowMs);
  const visitor = { address, userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null };
  const { id } = await prisma.session.create({
    data: { hash: digest(secret), person: name, role, ...visitor, createdAt: now, lastSeenAt: now },
  });
  return { secret, id };
}

/** Who holds the session with this digest or id; null when it is unknown, revoked or idle for too long. Counts as a use. */
export async function findSession(
  { prisma }: Database,
  where: { hash: string } | { id: string },
  nowMs: number,
): Promise<Principal | null> {
  const session = await prisma.session.findUnique({ where });
  if (!session || session.revokedAt || nowMs - session.lastSeenAt.getTime() > SESSION_IDLE_MS) return null;
  if (nowMs - session.lastSeenAt.getTime() > TOUCH_MS) {
    await prisma.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: new Date(nowMs) } });
  }
  const role = personRole.parse(session.role);
  return { kind: "session", id: session.id, name: session.person, role, environments: "all" };
}

/** One session as lists show it; null when there is none. */
export async function readSession({ prisma }: Database, id: string, callerId: string): Promise<SessionRow | null> {
  const session = await prisma.session.findUnique({ where: { id } });
  return session && sessionRowView(session, callerId);
}

/** Ends sessions for good: one by its id, or all of a person. @returns how many; those that were over stay as they are */
export async function revokeSessions(
  { prisma }: Database,
  which: { id: string } | { person: string },
  { nowMs, revokedBy }: { nowMs: number; revokedBy: string },
): Promise<number> {
  const data = { revokedAt: new Date(nowMs), revokedBy };
  const alive = { revokedAt: null, lastSeenAt: { gte: new Date(nowMs - SESSION_IDLE_MS) } };
  return (await prisma.session.updateMany({ where: { ...which, ...alive }, data })).count;
}

export interface SessionQuery {
  /** Only sessions that go on, or that are over; null = both. */
  state: "open" | "ended" | null;
  person: string | null;
  after: { createdAt: string; id: string } | null;
  limit: number;
  nowMs: number;
  /** The caller's own, which is marked. */
  callerId: string;
}

/** Sessions, newest first. Those that are over for 30 days are gone. */
export async function listSessions({ prisma }: Database, query: SessionQuery): Promise<SessionList> {
  const { state, person, after, limit, nowMs, callerId } = query;
  const aliveSince = new Date(nowMs - SESSION_IDLE_MS);
  const open = { revokedAt: null, lastSeenAt: { gte: aliveSince } };
  const createdAt = after && new Date(after.createdAt);
  const rows = await prisma.session.findMany({
    where: {
      AND: [
        person === null ? {} : { person },
        state === null ? {} : state === "open" ? open : { NOT: open },
        after && createdAt ? { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] } : {},
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const { items, more } = cutPage(
    rows.map((row) => sessionRowView(row, callerId)),
    limit,
  );
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ createdAt: last.createdAt, id: last.id }) : null };
}

function sessionRowView(session: Session, callerId: string): SessionRow {
  const { id, person, address, userAgent, revokedBy } = session;
  return {
    ...{ id, person, role: personRole.parse(session.role), address, userAgent },
    createdAt: iso(session.createdAt),
    lastSeenAt: iso(session.lastSeenAt),
    expiresAt: iso(session.lastSeenAt.getTime() + SESSION_IDLE_MS),
    revokedAt: isoOrNull(session.revokedAt),
    revokedBy,
    current: id === callerId,
  };
}
