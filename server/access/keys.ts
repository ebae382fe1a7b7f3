import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database } from "@/server/storage/database";
import type { Principal, Role } from "./principal";
import { digest, newSecret } from "./secret";

const TOUCH_MS = 60_000;
const role = z.enum(["ingest", "read", "admin"]);

/** Makes a key and returns its secret, which is shown once and never stored. The first environment is its default. */
export async function createKey(
  { prisma }: Database,
  key: { name: string; role: Role; environments: string[] },
  nowMs: number,
): Promise<{ id: string; secret: string }> {
  const secret = `sb_${newSecret()}`;
  const id = randomUUID();
  await prisma.accessKey.create({ data: { ...key, id, hash: digest(secret), createdAt: new Date(nowMs) } });
  return { id, secret };
}

/** The key with this digest; null when it is unknown or revoked. */
export async function findKey({ prisma }: Database, hash: string, nowMs: number): Promise<Principal | null> {
  const key = await prisma.accessKey.findUnique({ where: { hash } });
  if (!key || key.revokedAt) return null;
  if (nowMs - (key.lastUsedAt?.getTime() ?? 0) > TOUCH_MS) {
    await prisma.accessKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: new Date(nowMs) } });
  }
  return { kind: "key", id: key.id, name: key.name, role: role.parse(key.role), environments: key.environments };
}

/** Revokes a key. Its open sockets are closed within seconds by the live layer. */
export async function revokeKey({ prisma }: Database, id: string, nowMs: number): Promise<void> {
  await prisma.accessKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(nowMs) } });
}
