import type { FindingView } from "@/contracts/http";
import { summariseFinding } from "@/domain/journeys/summarise-finding";
import { firstOf } from "./first-of";
import { iso } from "./iso";
import type { StoredVerdict } from "./stored-verdict";

const MAX_EVIDENCE = 20;

/** A finding of `verdict` with the sentence that says what happened. */
export function findingView(finding: StoredVerdict["findings"][number], verdict: StoredVerdict): FindingView {
  const { code, severity, fails, step, hop, router, messageId, messageType } = finding;
  const evidence = firstOf(finding.eventIds, MAX_EVIDENCE);
  return {
    code,
    severity,
    fails,
    ...(step === null ? {} : { step }),
    ...(hop === null ? {} : { hop }),
    ...(router === null ? {} : { router }),
    ...(messageId === null ? {} : { messageId }),
    ...(messageType === null ? {} : { messageType }),
    at: iso(finding.dueMs),
    eventIds: evidence.items,
    eventIdsOmitted: evidence.omitted,
    summary: summariseFinding(finding, verdict),
  };
}
