/** Channels: made, listed, changed, deleted, tested. What signs in somewhere is taken in and never given out. */
import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { ALL_ENVIRONMENTS } from "@/contracts/access";
import {
  type ChannelChange,
  type ChannelList,
  type ChannelRow,
  type DeliveryList,
  type NewChannel,
  newChannel,
} from "@/contracts/channels";
import { writeCursor } from "@/server/queries/cursor";
import { cutPage } from "@/server/queries/page";
import {
  type ChannelQuery,
  type DeliveryQuery,
  listChannelRows,
  listDeliveryRows,
  readChannelRow,
} from "@/server/storage/alerts/channel-rows";
import {
  cancelDeliveries,
  endChannelRepeats,
  insertChannel,
  updateChannel,
} from "@/server/storage/alerts/write-channels";
import type { Database } from "@/server/storage/database";
import { inTransaction } from "@/server/storage/transaction";
import { channelView, deliveryView, showTarget } from "./channel-view";
import { mayCall } from "./may-call";
import type { Seal } from "./sealed-target";
import { holdAlerts, tellWhatFires } from "./tell-what-fires";

/** Environments that a caller covers; "all" = every one. */
export type Within = readonly string[] | "all";

export interface ChannelsDeps {
  db: Database;
  seal: Seal;
}

/** Why a change cannot be made. `field` = what the caller must give. */
export interface Refusal {
  code: "not_found" | "environment_not_allowed" | "wrong_field";
  field: string;
  message: string;
}
export type Changed = { ok: true; row: ChannelRow; fields: string[] } | { ok: false; refusal: Refusal };

export function coversAll(within: Within, environments: readonly string[]): boolean {
  return within === "all" || environments.every((name) => name !== ALL_ENVIRONMENTS && within.includes(name));
}

/** A channel that this caller may see. */
export async function readChannel(db: Database, id: string, within: Within): Promise<ChannelRow | null> {
  const row = await readChannelRow(db, id);
  return row && coversAll(within, row.environments) ? channelView(row) : null;
}

/** Newest first. */
export async function listChannels(db: Database, query: ChannelQuery): Promise<ChannelList> {
  const rows = await listChannelRows(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(channelView), query.limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ createdAt: last.createdAt, id: last.id }) : null };
}

/** Newest first. */
export async function listDeliveries(db: Database, query: DeliveryQuery): Promise<DeliveryList> {
  const rows = await listDeliveryRows(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(deliveryView), query.limit);
  const last = rows[items.length - 1];
  return { items, nextCursor: more && last ? writeCursor({ seq: last.seq }) : null };
}

export async function createChannel(
  { db, seal }: ChannelsDeps,
  wanted: NewChannel,
  { by, nowMs }: { by: string; nowMs: number },
): Promise<ChannelRow> {
  const { kind, name, url, auth, header, environments, minimumSeverity, enabled } = wanted;
  const [id, target] = [randomUUID(), { url, auth, header }];
  const values = {
    ...{ id, name, environments, minimumSeverity, enabled, sendResolved: alwaysTold(kind) || wanted.sendResolved },
    target: { sealed: seal.seal(id, target), shown: showTarget(target) },
  };
  await inTransaction(db, async (tx) => {
    const held = await holdAlerts(tx, environments);
    await insertChannel(tx, kind, values, { by, nowMs });
    if (enabled) await tellWhatFires(tx, { channel: id, held }, nowMs);
  });
  return found(await readChannel(db, id, "all"));
}

/** Changes what is given. What was stored under another key is replaced only as a whole. */
export async function changeChannel(
  { db, seal }: ChannelsDeps,
  id: string,
  change: ChannelChange,
  { by, nowMs, within }: { by: string; nowMs: number; within: Within },
): Promise<Changed> {
  const stored = await db.prisma.alertChannel.findUnique({ where: { id } });
  if (!stored || !coversAll(within, stored.environments)) return refused("not_found", "", "No channel has this id.");
  if (change.environments && !coversAll(within, change.environments)) {
    return refused("environment_not_allowed", "environments", "This key does not cover these environments.");
  }
  const before = seal.open(id, stored.target);
  const { url = before?.url, auth = before?.auth, header = before?.header } = change;
  if (url === undefined) return refused("wrong_field", "url", "cannot be read any more; give it again");
  const moved = before === null || new URL(url).origin !== new URL(before.url).origin;
  for (const field of ["auth", "header"] as const) {
    if (moved && change[field] === undefined && (before === null || before[field] !== null)) {
      return refused("wrong_field", field, "must be given again, because the address leads elsewhere");
    }
  }
  const target = { url, auth: auth ?? null, header: header ?? null };
  const { name, environments, minimumSeverity, sendResolved, enabled } = { ...stored, ...change };
  if (!mayLead(url)) return refused("wrong_field", "url", "leads to an address that may not be called");
  const whole = newChannel.safeParse({
    kind: stored.kind,
    name,
    environments,
    minimumSeverity,
    sendResolved,
    enabled,
    ...target,
  });
  if (!whole.success) {
    const [issue] = whole.error.issues;
    return refused("wrong_field", issue?.path.join(".") ?? "body", issue?.message ?? "cannot be used");
  }
  const { kind } = whole.data;
  const retargeted = change.url !== undefined || change.auth !== undefined || change.header !== undefined;
  const listensElsewhere =
    minimumSeverity !== stored.minimumSeverity || environments.join("\n") !== stored.environments.join("\n");
  const hearsAnew = enabled && (!stored.enabled || retargeted || listensElsewhere);
  const values = {
    ...{ id, name, environments, minimumSeverity, enabled, sendResolved: alwaysTold(kind) || sendResolved },
    target: retargeted ? { sealed: seal.seal(id, target), shown: showTarget(target) } : null,
  };
  const updated = await inTransaction(db, async (tx) => {
    const held = await holdAlerts(tx, [...stored.environments, ...environments]);
    if (!(await updateChannel(tx, stored.revision, values, { by, nowMs }))) return false;
    if (!enabled) await cancelDeliveries(tx, id, nowMs);
    if (!enabled || hearsAnew) await endChannelRepeats(tx, id);
    if (hearsAnew) await tellWhatFires(tx, { channel: id, held }, nowMs);
    return true;
  });
  // Somebody changed it at the same moment: what they did is read, and this is done after it.
  if (!updated) return changeChannel({ db, seal }, id, change, { by, nowMs, within });
  return { ok: true, row: found(await readChannel(db, id, "all")), fields: Object.keys(change).sort() };
}

/** Deletes a channel with its log; null where there is none that this caller may see. */
export async function deleteChannel(db: Database, id: string, within: Within): Promise<ChannelRow | null> {
  const row = await readChannel(db, id, within);
  if (!row) return null;
  const { count } = await db.prisma.alertChannel.deleteMany({ where: { id } });
  return count === 1 ? row : null;
}

/** How an entry of the audit log names a channel: with its host, and nothing that is secret. */
export function aboutChannel({ id, name, kind, address, environments }: ChannelRow) {
  const [only, ...others] = environments;
  const environment = others.length === 0 && only !== ALL_ENVIRONMENTS ? (only ?? null) : null;
  return { environment, target: id, detail: { name, kind, host: address.host, environments } };
}

/** Whether an address may be stored. What names resolve to is known when they are called. */
export function mayLead(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(host) === 0 || mayCall(host);
}

/** Alertmanager decides itself whom it tells that an alert is over. */
const alwaysTold = (kind: string) => kind === "alertmanager";

function refused(code: Refusal["code"], field: string, message: string): Changed {
  return { ok: false, refusal: { code, field, message } };
}

function found(row: ChannelRow | null): ChannelRow {
  if (!row) throw new Error("a channel vanished while it was written");
  return row;
}
