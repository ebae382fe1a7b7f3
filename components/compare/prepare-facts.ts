import { counted, duration, figure, NO_DATA } from "@/client/format";
import type { JourneyDetail } from "@/contracts/http";
import { deliveryLook } from "../journey/delivery-look";

export interface FactRow {
  name: string;
  left: string;
  right: string;
  differs: boolean;
}

/** What two journeys are, line by line; lists are compared whatever their order. */
export function compareFacts(left: JourneyDetail, right: JourneyDetail): FactRow[] {
  return FACTS.map(({ name, of, own }) => {
    const values = [of(left), of(right)] as const;
    const unknown = values.some((value) => value === null);
    return {
      name,
      left: values[0] ?? NO_DATA,
      right: values[1] ?? NO_DATA,
      differs: !own && !unknown && values[0] !== values[1],
    };
  });
}

const names = (values: string[] | undefined) => (values && values.length > 0 ? [...values].sort().join(", ") : null);

interface Fact {
  name: string;
  /** Null = not known. */
  of: (journey: JourneyDetail) => string | null;
  /** Each journey has its own: to differ in it says nothing. */
  own?: true;
}

const FACTS: Fact[] = [
  { name: "User", of: ({ owner }) => owner, own: true },
  { name: "Until delivered", of: ({ durationMs }) => (durationMs === null ? null : duration(durationMs)), own: true },
  { name: "Routers", of: ({ routers }) => names(routers) },
  { name: "Handlers", of: ({ traits }) => names(traits?.handlers) },
  { name: "Versions", of: ({ versions }) => names(versions) },
  { name: "Instances", of: ({ instances }) => names(instances) },
  { name: "Agents", of: ({ traits }) => names(traits?.agents) },
  { name: "Tools", of: ({ traits }) => names(traits?.tools) },
  { name: "Connection open for", of: ({ traits }) => known(traits?.connectionAgeMs, duration), own: true },
  { name: "Request", of: ({ traits }) => known(traits?.payloadBytes, (bytes) => `${figure(bytes)} bytes`), own: true },
  { name: "Telemetry events", of: ({ events }) => figure(events.total), own: true },
  { name: "Deliveries", of: deliveries },
  { name: "Judged by policy", of: ({ policyVersion }) => `version ${figure(policyVersion)}` },
];

function known(value: number | null | undefined, say: (value: number) => string): string | null {
  return value === null || value === undefined ? null : say(value);
}

/** "12: 11 delivered, 1 lost" */
function deliveries({ deliveries: all, omitted }: JourneyDetail): string {
  const byState = new Map<string, number>();
  for (const { state } of all) byState.set(state, (byState.get(state) ?? 0) + 1);
  const parts = [...byState]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, count]) => `${figure(count)} ${deliveryLook(state).word}`);
  const total = all.length + omitted.deliveries;
  if (total === 0) return "none";
  const rest = omitted.deliveries > 0 ? [`${counted(omitted.deliveries, "more", "more")}`] : [];
  return `${figure(total)}: ${[...parts, ...rest].join(", ")}`;
}

export interface FindingRow {
  code: string;
  left: number;
  right: number;
}

/** How often each finding stands on either side; those of one side only come first. */
export function compareFindings(left: JourneyDetail, right: JourneyDetail): FindingRow[] {
  const count = (journey: JourneyDetail, code: string) =>
    journey.findings.filter((found) => found.code === code).length;
  const codes = [...new Set([...left.findings, ...right.findings].map(({ code }) => code))].sort();
  return codes
    .map((code) => ({ code, left: count(left, code), right: count(right, code) }))
    .sort((a, b) => Number(a.left > 0 && a.right > 0) - Number(b.left > 0 && b.right > 0));
}
