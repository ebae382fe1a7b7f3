/** A user's timeline as CSV (RFC 4180), which spreadsheets open without taking any of it for a formula. */
import { type Stringifier, stringify } from "csv-stringify";
import type { TimelineEvent } from "@/contracts/http";

/** The columns, in this order, under the names of the telemetry contract. */
export const CSV_COLUMNS = [
  "time",
  "receivedAt",
  "environment",
  "id",
  "stage",
  "type",
  "originalType",
  "outcome",
  "errorCode",
  "errorMessage",
  "userId",
  "connectionUser",
  "foreignOwner",
  "connectionId",
  "threadId",
  "runId",
  "messageId",
  "inReplyTo",
  "journeyId",
  "journeyStatus",
  "agentName",
  "parentAgent",
  "toolName",
  "toolCallId",
  "router",
  "handler",
  "seq",
  "attempt",
  "scope",
  "durationMs",
  "payloadBytes",
  "payloadHash",
  "service",
  "instance",
  "version",
  "sourceId",
  "attributes",
  "payload",
] as const;

/** Takes {@link csvRecords}, gives text that begins with the names of the columns. */
export function csvStringifier(): Stringifier {
  return stringify({
    header: true,
    columns: [...CSV_COLUMNS],
    escape_formulas: true,
    record_delimiter: "windows",
    quoted_match: /[\r\n]/,
  });
}

/** Events as cells; what is no single value is written as JSON. */
export async function* csvRecords(events: AsyncIterable<TimelineEvent>): AsyncGenerator<Record<string, unknown>> {
  for await (const { journey, attributes, payload, ...fields } of events) {
    yield {
      ...fields,
      journeyId: journey?.id,
      journeyStatus: journey?.status,
      attributes: attributes && JSON.stringify(attributes),
      payload: payload === undefined ? undefined : JSON.stringify(payload),
    };
  }
}
