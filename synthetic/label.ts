import type { Script } from "./script";
import type { Expectation, JourneyLabel } from "./types";

/** What the judge must say of a journey whose script has run to its end. */
export function labelOf(script: Script, fault: string, expected: Expectation): JourneyLabel {
  const added = [...script.added].filter((code) => !expected.findings.includes(code));
  const [runId] = script.runIds;
  const [requestId] = script.inboundIds;
  const [request] = script.events.filter((event) => event.stage === "received" && event.type !== "ping");
  return {
    ...expected,
    fault,
    status: expected.status === "succeeded" && added.length > 0 ? "degraded" : expected.status,
    findings: [...expected.findings, ...added].sort(),
    id: runId ?? requestId ?? request?.id ?? "",
    owner: script.user,
    runIds: script.runIds,
  };
}
