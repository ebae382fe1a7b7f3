/** Recomputes connections page by page. */
import { isDeepStrictEqual } from "node:util";
import type { Database } from "@/server/storage/database";
import type { ConnectionKey } from "@/server/storage/judging/connections";
import { lockAll } from "@/server/storage/judging/locks";
import { inTransaction } from "@/server/storage/judging/transaction";
import { connectionPage } from "@/server/storage/judging/verify-pages";
import { connectionLock, rebuildConnections } from "./judge-connections";
import type { Counters } from "./verify-counters";
import type { Difference } from "./verify-store";

const PAGE = 200;

/** Adds what connections count for to `counters`; answers those that are stored otherwise. */
export async function verifyConnections(db: Database, counters: Counters): Promise<Difference[]> {
  const differences: Difference[] = [];
  let after: ConnectionKey = { environment: "", instance: "", connectionId: "" };
  for (;;) {
    const last = await inTransaction(db.pool, async (session) => {
      const keys = await connectionPage(session, after, PAGE);
      await lockAll(session, keys.map(connectionLock));
      for (const { key, before, after: rebuilt, counted, contribution } of await rebuildConnections(session, keys)) {
        for (const part of contribution) counters.add(key.environment, part);
        const expected = { intervals: rebuilt, contribution };
        const stored = { intervals: before, contribution: counted };
        if (isDeepStrictEqual(expected, stored)) continue;
        const name = JSON.stringify([key.instance, key.connectionId]);
        differences.push({ what: "connection_differs", environment: key.environment, key: name, expected, stored });
      }
      return keys.length < PAGE ? undefined : keys.at(-1);
    });
    if (!last) return differences;
    after = last;
  }
}
