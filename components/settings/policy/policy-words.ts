/** What each value of a policy is for. */
import type { PolicyField } from "@/contracts/settings";

export type DurationField = Extract<PolicyField, `${string}Ms`>;

export const DURATIONS: readonly { field: DurationField; label: string; says: string }[] = [
  { field: "routeMs", label: "Until routed", says: "A request that no router took by then is “not routed”." },
  { field: "firstEventMs", label: "Until the agent starts", says: "Routed, and nothing emitted: “agent not started”." },
  { field: "gapMs", label: "Silence of a run", says: "Started, not complete and silent for longer: “stalled”." },
  { field: "toolMs", label: "Silence while a tool runs", says: "The same, with a tool at work." },
  { field: "deliveryMs", label: "Until sent", says: "Emitted, and handed to no connection: “event lost”." },
  { field: "ackMs", label: "Until acknowledged", says: "On connections that acknowledge: “event unacked”." },
  { field: "slowResponseMs", label: "Slow response", says: "From request to delivered answer. A warning, no failure." },
  { field: "reconnectMs", label: "Reconnect", says: "Who comes back within this time has lost nothing." },
  { field: "settleMs", label: "Settling", says: "So long late events are waited for after the end of a run." },
];

export const FIELD_LABELS: Record<PolicyField, string> = {
  ...(Object.fromEntries(DURATIONS.map(({ field, label }) => [field, label])) as Record<DurationField, string>),
  profile: "Golden path",
  requestTypes: "Request types",
  typeAliases: "Aliases",
  observedStages: "Observed stages",
};

export const PROFILES = [
  {
    value: "standard",
    label: "standard",
    says: "agent_started and agent_completed are required, every tool that starts must end, and thinking or a tool is expected.",
  },
  { value: "strict", label: "strict", says: "All five critical events are required in every run." },
] as const;
