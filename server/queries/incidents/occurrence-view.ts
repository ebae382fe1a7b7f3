import { z } from "zod";
import type { OccurrenceRow, OccurrenceView } from "@/contracts/http";
import type { Occurrence } from "@/server/storage/generated/client";
import { iso, isoOrNull } from "../iso";

/** Evidence as it was kept: whole rows, of which only known fields leave the house. */
const keptEvent = z.object({
  id: z.string(),
  time: z.string(),
  stage: z.string(),
  type: z.string().nullable().catch(null),
  user_id: z.string().nullable().catch(null),
  connection_id: z.string().nullable().catch(null),
  run_id: z.string().nullable().catch(null),
  message_id: z.string().nullable().catch(null),
  agent_name: z.string().nullable().catch(null),
  router: z.string().nullable().catch(null),
  handler: z.string().nullable().catch(null),
  outcome: z.string().catch("ok"),
  payload: z.unknown().optional(),
  attributes: z.unknown().optional(),
});
const keptEvidence = z.object({ events: z.array(keptEvent) }).catch({ events: [] });

/** One leak, without its evidence. */
export function occurrenceRow(row: Omit<Occurrence, "evidence">): OccurrenceRow {
  return {
    key: row.key,
    journeyKey: row.subject,
    rule: row.rule,
    router: row.router || null,
    owner: row.owner,
    recipient: row.recipient,
    messageId: row.messageId,
    runId: row.runId,
    connectionId: row.connectionId,
    version: row.version,
    occurredAt: iso(row.occurredAt),
    withdrawnAt: isoOrNull(row.withdrawnAt),
    eventIds: row.eventIds,
  };
}

/** One leak with the events that prove it. */
export function occurrenceItem(row: Occurrence): OccurrenceView {
  return {
    ...occurrenceRow(row),
    evidence: keptEvidence.parse(row.evidence).events.map((event) => ({
      id: event.id,
      time: iso(new Date(event.time)),
      stage: event.stage,
      type: event.type,
      userId: event.user_id,
      connectionId: event.connection_id,
      runId: event.run_id,
      messageId: event.message_id,
      agentName: event.agent_name,
      router: event.router,
      handler: event.handler,
      outcome: event.outcome,
      payload: event.payload,
      attributes: event.attributes,
    })),
  };
}
