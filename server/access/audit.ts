/** The audit log: who did what to whom, when and from where. Written before the answer is sent. */
import {
  ALL_ENVIRONMENTS,
  type AuditAction,
  type AuditEntry,
  type AuditList,
  auditAction,
  auditEntry,
  type KeyRow,
} from "@/contracts/access";
import { writeCursor } from "@/server/queries/cursor";
import { iso } from "@/server/queries/iso";
import { cutPage } from "@/server/queries/page";
import type { Database } from "@/server/storage/database";
import type { Prisma, AuditEntry as Row } from "@/server/storage/generated/client";
import type { Principal } from "./principal";
import { digest } from "./secret";

/** The same read, repeated within the same ten minutes of the clock, is one entry that counts. */
const REPEAT_MS = 10 * 60_000;

export type Actor = AuditEntry["actor"] & { address: string | null };

export interface AuditRecord {
  actor: Actor;
  action: AuditAction;
  /** The one environment that it concerns; left out when it concerns several or none. */
  environment?: string | null;
  target?: string | null;
  detail?: Prisma.InputJsonObject;
  /**
   * For reads, which pages do again and again: the same action by the same caller from the same address to the same
   * target is one entry for each ten minutes, with the first and the last time and how often.
   */
  repeats?: boolean;
}

/** A key or a person as the actor of an entry. */
export function actorOf({ kind, id, name }: Principal, address: string | null): Actor {
  return { kind, id, name, address };
}

/** How an entry names a key: by its id, with its secret's beginning and what it may do. */
export function aboutKey({ id, name, prefix, role, environments }: KeyRow) {
  const [only, ...others] = environments;
  const environment = others.length === 0 && only !== ALL_ENVIRONMENTS ? (only ?? null) : null;
  return { environment, target: id, detail: { name, prefix, role, environments } };
}

const ABOUT_USERS: readonly AuditAction[] = ["timeline_read", "events_exported"];

/** The entry with `nameOf` of the user that it is about. */
export function aboutUser(
  entry: AuditRecord,
  nameOf: (environment: string | null, user: string) => string,
): AuditRecord {
  const { action, environment = null, target = null, detail } = entry;
  if (!ABOUT_USERS.includes(action)) return entry;
  const name = (user: string) => nameOf(environment, user);
  return {
    ...entry,
    target: target === null ? null : name(target),
    ...(typeof detail?.user === "string" ? { detail: { ...detail, user: name(detail.user) } } : {}),
  };
}

/** Writes one entry, or counts one more repetition. */
export async function recordAudit({ prisma }: Database, record: AuditRecord, nowMs: number): Promise<void> {
  const { actor, action, environment = null, target = null, detail = {}, repeats = false } = record;
  const at = new Date(nowMs);
  const data = {
    ...{ at, lastAt: at, action, environment, target, detail },
    ...{ actorKind: actor.kind, actorId: actor.id, actorName: actor.name, address: actor.address },
  };
  if (!repeats) {
    await prisma.auditEntry.create({ data });
    return;
  }
  const same = [action, actor.kind, actor.id, actor.address, environment, target, detail];
  const repeatKey = digest(JSON.stringify([...same, Math.floor(nowMs / REPEAT_MS)]));
  await prisma.auditEntry.upsert({
    where: { repeatKey },
    create: { ...data, repeatKey },
    update: { lastAt: at, times: { increment: 1 } },
  });
}

export interface AuditQuery {
  /** Entries of these environments only; "all" = also those that concern none or several. */
  environments: readonly string[] | "all";
  actions: AuditAction[] | null;
  /** Id or name of who did it. */
  actor: string | null;
  target: string | null;
  from: Date | null;
  to: Date | null;
  after: { seq: string } | null;
  limit: number;
}

/** Entries, newest first. They are kept for 400 days. */
export async function listAudit({ prisma }: Database, query: AuditQuery): Promise<AuditList> {
  const { environments, actions, actor, target, from, to, after, limit } = query;
  const rows = await prisma.auditEntry.findMany({
    where: {
      ...(environments === "all" ? {} : { environment: { in: [...environments] } }),
      ...(actions ? { action: { in: actions } } : {}),
      ...(actor === null ? {} : { OR: [{ actorId: actor }, { actorName: actor }] }),
      ...(target === null ? {} : { target }),
      ...(from ? { lastAt: { gte: from } } : {}),
      ...(to ? { at: { lt: to } } : {}),
      ...(after ? { seq: { lt: BigInt(after.seq) } } : {}),
    },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
  const { items, more } = cutPage(rows.map(entryView), limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ seq: last.id }) : null };
}

function entryView(row: Row): AuditEntry {
  const { address, environment, target, times } = row;
  return {
    id: String(row.seq),
    at: iso(row.at),
    lastAt: iso(row.lastAt),
    times,
    action: auditAction.parse(row.action),
    actor: auditEntry.shape.actor.parse({ kind: row.actorKind, id: row.actorId, name: row.actorName }),
    ...{ address, environment, target },
    detail: auditEntry.shape.detail.parse(row.detail),
  };
}
