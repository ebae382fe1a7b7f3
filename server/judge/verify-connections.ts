/** Recomputes connections page by page. */
import { isDeepStrictEqual } from "node:util";
import type { Database } from "@/server/storage/database";
import type { ConnectionKey } from "@/server/storage/judging/connections";
import { lockAll } from "@/server/storage/judging/locks";
import { isMarked } from "@/server/storage/judging/queue-state";
import { inTransaction, type Session } from "@/server/storage/judging/transaction";
import { connectionPage } from "@/server/storage/judging/verify-pages";
import { connectionLock, rebuildConnections } from "./judge-connections";
import { compareLeaks } from "./verify-leaks";
import type { Verified } from "./verify-rounds";

const PAGE = 200;

/** Those that differ from what is stored. */
export async function verifyConnections(db: Database): Promise<Verified<ConnectionKey>> {
  const found: Verified<ConnectionKey> = { differing: [], marked: [] };
  let after: ConnectionKey = { environment: "", instance: "", connectionId: "" };
  for (;;) {
    const last = await inTransaction(db.pool, async (session) => {
      const keys = await connectionPage(session, after, PAGE);
      await compare(session, keys, found);
      return keys.length < PAGE ? undefined : keys.at(-1);
    });
    if (!last) return found;
    after = last;
  }
}

/** The same for some of them. */
export async function verifyTheseConnections(
  db: Database,
  keys: readonly ConnectionKey[],
): Promise<Verified<ConnectionKey>> {
  const found: Verified<ConnectionKey> = { differing: [], marked: [] };
  for (let from = 0; from < keys.length; from += PAGE) {
    await inTransaction(db.pool, (session) => compare(session, keys.slice(from, from + PAGE), found));
  }
  return found;
}

async function compare(session: Session, keys: readonly ConnectionKey[], found: Verified<ConnectionKey>) {
  await lockAll(session, keys.map(connectionLock));
  for (const { key, before, after, switches, counted, contribution } of await rebuildConnections(session, keys)) {
    const expected = { intervals: after, contribution };
    const stored = { intervals: before, contribution: counted };
    const subject = connectionLock(key);
    const leaks = await compareLeaks(
      session,
      key.environment,
      [subject],
      switches.map((found) => ({ ...found, subject })),
    );
    if (isDeepStrictEqual(expected, stored) && leaks.length === 0) continue;
    const name = JSON.stringify([key.instance, key.connectionId]);
    const marks = (["connection", "ack"] as const).map((kind) => ({ kind, key: name }));
    const difference = {
      what: "connection_differs" as const,
      environment: key.environment,
      key: name,
      expected,
      stored,
    };
    const markedItself = await isMarked(session, key.environment, [], marks);
    const marked = markedItself || (await isMarked(session, key.environment, ["acks"], []));
    const differences = isDeepStrictEqual(expected, stored) ? leaks : [difference, ...leaks];
    found[marked ? "marked" : "differing"].push({ again: key, differences, markedItself });
  }
}
