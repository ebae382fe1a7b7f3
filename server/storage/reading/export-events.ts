import type { Database } from "../database";
import { EVENT_AT, EVENT_COLUMNS, type EventRow } from "./event-row";

/** Columns that an export may be narrowed by, under the names of the telemetry contract. */
export const EXPORT_FILTERS = {
  stage: "stage",
  type: "type",
  user: "user_id",
  connection: "connection_id",
  thread: "thread_id",
  run: "run_id",
  message: "message_id",
  inReplyTo: "in_reply_to",
  agent: "agent_name",
  tool: "tool_name",
  router: "router",
  handler: "handler",
  outcome: "outcome",
  errorCode: "error_code",
  service: "service",
  instance: "instance",
  version: "version",
  source: "source_id",
  scope: "scope",
} as const;
export type ExportFilter = Partial<Record<keyof typeof EXPORT_FILTERS, string | undefined>>;

export interface ExportQuery {
  environment: string;
  from: Date | null;
  to: Date | null;
  filter: ExportFilter;
}

/** Where a page ended: ids are unique per environment but for re-used ones, so the time stands beside. */
export interface ExportPosition {
  id: string;
  at: string;
}

/**
 * One page in the order of ids: the order of telemetry_event_pkey, so that no page reads what came before it.
 * A filter by user, run, message, in-reply-to or connection uses the index of that column.
 */
export function exportEventsSql(query: ExportQuery, after: ExportPosition | null, limit: number) {
  const values: unknown[] = [query.environment, limit];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = ["e.environment = $1"];
  if (query.from) parts.push(`e.time >= ${bind(query.from)}`);
  if (query.to) parts.push(`e.time < ${bind(query.to)}`);
  for (const [name, column] of Object.entries(EXPORT_FILTERS) as [keyof typeof EXPORT_FILTERS, string][]) {
    const value = query.filter[name];
    if (value !== undefined) parts.push(`e.${column} = ${bind(value)}`);
  }
  if (after) parts.push(`(e.id, e.time) > (${bind(after.id)}::text, ${bind(after.at)}::timestamptz)`);
  const text = `SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e
WHERE ${parts.join(" AND ")} ORDER BY e.id, e.time LIMIT $2`;
  return { text, values };
}

export async function readExportPage(
  { pool }: Database,
  query: ExportQuery,
  after: ExportPosition | null,
  limit: number,
): Promise<EventRow[]> {
  return (await pool.query<EventRow>(exportEventsSql(query, after, limit))).rows;
}
