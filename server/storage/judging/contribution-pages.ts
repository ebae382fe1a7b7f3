/** What everything that is stored counts for, page by page, for the recomputation of counters. */
import type { Contribution } from "@/domain/rollups/contribution";
import type { ConnectionKey } from "./connections";
import type { JourneyKey } from "./journeys";
import type { Session, Statement } from "./transaction";

const ONE = (table: string) => `json_build_array(json_build_object('metrics', ${table}.contribution,
      'minuteMs', (date_part('epoch', ${table}.contribution_minute) * 1000)::bigint)) AS contributions`;

/** Uses journey_pkey. */
export const JOURNEY_CONTRIBUTIONS: Statement = {
  name: "judge_journey_contributions",
  text: `SELECT j.environment, j.key, ${ONE("j")} FROM journey j
    WHERE (j.environment, j.key) > ($1, $2) ORDER BY j.environment, j.key LIMIT $3::integer`,
};

/** Uses loose_message_pkey. */
export const LOOSE_CONTRIBUTIONS: Statement = {
  name: "judge_loose_contributions",
  text: `SELECT l.environment, l.key, ${ONE("l")} FROM loose_message l
    WHERE (l.environment, l.key) > ($1, $2) ORDER BY l.environment, l.key LIMIT $3::integer`,
};

/** Uses connection_summary_pkey. */
export const CONNECTION_CONTRIBUTIONS: Statement = {
  name: "judge_connection_contributions",
  text: `SELECT s.environment, s.instance, s.connection_id AS "connectionId", s.contribution AS contributions
    FROM connection_summary s WHERE (s.environment, s.instance, s.connection_id) > ($1, $2, $3)
    ORDER BY s.environment, s.instance, s.connection_id LIMIT $4::integer`,
};

const PAGE = 2_000;

type Counted<Key> = Key & { contributions: Contribution[] };
type Add = (environment: string, contribution: Contribution) => void;

/** Gives each stored contribution to `add`. */
export async function eachContribution(session: Session, add: Add): Promise<void> {
  for (const statement of [JOURNEY_CONTRIBUTIONS, LOOSE_CONTRIBUTIONS]) {
    await eachPage<JourneyKey>({ environment: "", key: "" }, add, ({ environment, key }) =>
      session.query(statement, environment, key, PAGE),
    );
  }
  const first: ConnectionKey = { environment: "", instance: "", connectionId: "" };
  await eachPage(first, add, ({ environment, instance, connectionId }) =>
    session.query(CONNECTION_CONTRIBUTIONS, environment, instance, connectionId, PAGE),
  );
}

async function eachPage<Key extends { environment: string }>(
  first: Key,
  add: Add,
  read: (after: Key) => Promise<Counted<Key>[]>,
): Promise<void> {
  let after: Key | undefined = first;
  while (after) {
    const rows: Counted<Key>[] = await read(after);
    for (const { environment, contributions } of rows) for (const part of contributions) add(environment, part);
    after = rows.length < PAGE ? undefined : rows.at(-1);
  }
}
