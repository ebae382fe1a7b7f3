import { randomUUID } from "node:crypto";
import { ALL_ENVIRONMENTS, type KeyList, type KeyRow, keyRole, type NewKey } from "@/contracts/access";
import { writeCursor } from "@/server/queries/cursor";
import { iso, isoOrNull } from "@/server/queries/iso";
import { cutPage } from "@/server/queries/page";
import { type KeyQuery, listKeyRows } from "@/server/storage/access-keys";
import type { Database } from "@/server/storage/database";
import type { AccessKey } from "@/server/storage/generated/client";
import type { Principal } from "./principal";
import { digest, newSecret } from "./secret";

const TOUCH_MS = 60_000;
const PREFIX_LENGTH = 9;

/** Makes a key; its secret is shown once and never stored. The first environment is its default. */
export async function createKey(
  { prisma }: Database,
  { requestsPerMinute = null, eventsPerMinute = null, createdBy = "", ...key }: NewKey & { createdBy?: string },
  nowMs: number,
): Promise<{ row: KeyRow; secret: string }> {
  const secret = `sb_${newSecret()}`;
  const row = await prisma.accessKey.create({
    data: {
      ...key,
      id: randomUUID(),
      hash: digest(secret),
      prefix: secret.slice(0, PREFIX_LENGTH),
      requestsPerMinute,
      eventsPerMinute,
      createdBy,
      createdAt: new Date(nowMs),
    },
  });
  return { row: keyRowView(row), secret };
}

/** The key with this digest; null when it is unknown or revoked. */
export async function findKey({ prisma }: Database, hash: string, nowMs: number): Promise<Principal | null> {
  const key = await prisma.accessKey.findUnique({ where: { hash } });
  if (!key || key.revokedAt) return null;
  if (nowMs - (key.lastUsedAt?.getTime() ?? 0) > TOUCH_MS) {
    await prisma.accessKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: new Date(nowMs) } });
  }
  return {
    kind: "key",
    id: key.id,
    name: key.name,
    role: keyRole.parse(key.role),
    environments: key.environments.includes(ALL_ENVIRONMENTS) ? "all" : key.environments,
    limits: { requestsPerMinute: key.requestsPerMinute, eventsPerMinute: key.eventsPerMinute },
  };
}

/** Whether the key is still good. */
export async function keyHolds({ prisma }: Database, id: string): Promise<boolean> {
  return (await prisma.accessKey.count({ where: { id, revokedAt: null } })) === 1;
}

/** One key as lists show it; null when there is none. */
export async function readKey({ prisma }: Database, id: string): Promise<KeyRow | null> {
  const key = await prisma.accessKey.findUnique({ where: { id } });
  return key && keyRowView(key);
}

/**
 * Revokes a key for good: it is refused within two seconds everywhere, and its sockets are closed within five.
 * @returns whether this call did it; a key that is unknown or revoked already stays as it is
 */
export async function revokeKey(
  { prisma }: Database,
  id: string,
  { nowMs, revokedBy }: { nowMs: number; revokedBy: string },
): Promise<boolean> {
  const data = { revokedAt: new Date(nowMs), revokedBy };
  return (await prisma.accessKey.updateMany({ where: { id, revokedAt: null }, data })).count === 1;
}

/** Keys, newest first, revoked ones among them. */
export async function listKeys(db: Database, query: KeyQuery): Promise<Omit<KeyList, "presetAdminKey">> {
  const rows = await listKeyRows(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(keyRowView), query.limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ createdAt: last.createdAt, id: last.id }) : null };
}

function keyRowView(key: Omit<AccessKey, "hash">): KeyRow {
  const { id, name, prefix, environments, requestsPerMinute, eventsPerMinute, createdBy, revokedBy } = key;
  return {
    ...{ id, name, prefix, role: keyRole.parse(key.role), environments, requestsPerMinute, eventsPerMinute },
    createdAt: iso(key.createdAt),
    createdBy,
    lastUsedAt: isoOrNull(key.lastUsedAt),
    revokedAt: isoOrNull(key.revokedAt),
    revokedBy,
  };
}
