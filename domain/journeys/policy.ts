import type { Policy } from "./types";

/** Defaults. Durations in ms. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  routeMs: 5_000,
  firstEventMs: 5_000,
  gapMs: 30_000,
  toolMs: 60_000,
  deliveryMs: 5_000,
  ackMs: 10_000,
  slowResponseMs: 10_000,
  reconnectMs: 30_000,
  settleMs: 2_000,
  profile: "standard",
  requestTypes: ["user_message", "chat", "start_agent", "agent_request"],
  typeAliases: {},
  observedStages: {},
};
