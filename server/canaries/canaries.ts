/** Canary tokens: issued, listed and deleted. What a deleted one was seen in stays. */
import { randomBytes, randomUUID } from "node:crypto";
import type { CanaryList, CanaryRow, NewCanary } from "@/contracts/canaries";
import { CANARY_BYTES, canaryToken } from "@/domain/canaries/canary-token";
import { digest } from "@/server/access/secret";
import { writeCursor } from "@/server/queries/cursor";
import { iso } from "@/server/queries/iso";
import { cutPage } from "@/server/queries/page";
import { type CanaryQuery, listCanaryRows } from "@/server/storage/canaries";
import type { Database } from "@/server/storage/database";
import type { Canary } from "@/server/storage/generated/client";

/** Issues a token; it is shown once and only its digest is stored. */
export async function createCanary(
  { prisma }: Database,
  { userId, environment }: NewCanary,
  { createdBy, nowMs }: { createdBy: string; nowMs: number },
): Promise<{ row: CanaryRow; token: string }> {
  const token = canaryToken(randomBytes(CANARY_BYTES));
  const about = { id: randomUUID(), environment, userId, createdBy, createdAt: new Date(nowMs) };
  const row = await prisma.canary.create({ data: { ...about, tokenHash: digest(token) } });
  return { row: canaryRowView(row), token };
}

/** Canaries, newest first. */
export async function listCanaries(db: Database, query: CanaryQuery): Promise<CanaryList> {
  const rows = await listCanaryRows(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(canaryRowView), query.limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ createdAt: last.createdAt, id: last.id }) : null };
}

/** Stops looking for a token of these environments; null where there is none with this id. */
export async function deleteCanary(
  { prisma }: Database,
  id: string,
  within: readonly string[] | "all",
): Promise<CanaryRow | null> {
  const row = await prisma.canary.findUnique({ where: { id } });
  if (!row || (within !== "all" && !within.includes(row.environment))) return null;
  const { count } = await prisma.canary.deleteMany({ where: { id } });
  return count === 1 ? canaryRowView(row) : null;
}

/** How an entry of the audit log names a canary: by its id, with the user it was planted for. */
export function aboutCanary({ id, environment, userId }: CanaryRow) {
  return { environment, target: id, detail: { user: userId } };
}

function canaryRowView({ id, environment, userId, createdBy, createdAt }: Omit<Canary, "tokenHash">): CanaryRow {
  return { id, environment, userId, createdAt: iso(createdAt), createdBy };
}
