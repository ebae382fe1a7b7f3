import type { FindingView } from "@/contracts/http";
import { iso } from "./iso";
import type { StoredVerdict } from "./stored-verdict";

const MAX_EVIDENCE = 20;

/** A finding with the sentence that says what happened. */
export function findingView(finding: StoredVerdict["findings"][number]): FindingView {
  const { code, severity, fails, step, hop, router, messageId, messageType } = finding;
  const at = iso(finding.dueMs);
  const what = messageType ?? step ?? "the message";
  const where = router === null ? "" : ` in ${router}`;
  return {
    code,
    severity,
    fails,
    ...(step === null ? {} : { step }),
    ...(hop === null ? {} : { hop }),
    ...(router === null ? {} : { router }),
    ...(messageId === null ? {} : { messageId }),
    ...(messageType === null ? {} : { messageType }),
    at,
    eventIds: finding.eventIds.slice(0, MAX_EVIDENCE),
    summary: `${code.replaceAll("_", " ")}: ${what}${where} at ${at.slice(11, 23)}`,
  };
}
