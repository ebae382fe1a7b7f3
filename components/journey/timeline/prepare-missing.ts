import { findingTitle, stepTitle } from "@/client/words";
import type { FindingView, JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { agentLane, ownerConnectionLane, routerLane, userLane } from "./prepare-lanes";
import type { Lane } from "./prepared-timeline";

const MAX_MISSING = 20;

export interface Missing {
  key: string;
  lane: Lane;
  atMs: number;
  title: string;
  detail: string;
  router: string | null;
  /** The event after which it was owed. */
  afterEventId: string | null;
}

/** What was owed and never came: one hollow mark for each finding that rests on an absence. */
export function prepareMissing(journey: JourneyDetail, events: TelemetryEventView[]): Missing[] {
  return journey.findings
    .flatMap((finding, index) => {
      const owed = owedBy(finding, journey, events);
      return owed === null
        ? []
        : {
            key: `missing ${index}`,
            lane: owed.lane,
            atMs: Date.parse(finding.at),
            title: owed.title,
            detail: `${findingTitle(finding.code)}: ${finding.summary}`,
            router: finding.router ?? null,
            afterEventId: finding.eventIds.at(-1) ?? null,
          };
    })
    .slice(0, MAX_MISSING);
}

function owedBy(
  finding: FindingView,
  journey: JourneyDetail,
  events: TelemetryEventView[],
): { lane: Lane; title: string } | null {
  const what = finding.messageType ?? (finding.step ? stepTitle(finding.step) : "an event");
  const lastAgent = events.findLast((event) => event.stage === "emitted" && event.agentName !== undefined)?.agentName;
  switch (finding.code) {
    case "not_routed":
      return { lane: routerLane(finding.router), title: `${what} never routed` };
    case "agent_not_started":
      return { lane: agentLane(lastAgent), title: "the agent never started" };
    case "stalled":
    case "missing_event":
    case "tool_unfinished":
      return { lane: agentLane(lastAgent), title: `${what} never came` };
    case "event_lost":
    case "phantom_delivery":
    case "connection_lost":
      return { lane: ownerConnectionLane(journey), title: `${what} never reached a connection` };
    case "event_unacked":
      return { lane: userLane(journey.owner ?? "unknown user"), title: `${what} never acknowledged` };
    default:
      return null;
  }
}
