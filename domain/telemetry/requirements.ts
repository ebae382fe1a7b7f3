import type { Stage } from "./event";

const REQUIRED: Readonly<Record<Stage, readonly string[]>> = {
  connection_opened: ["connectionId"],
  connection_authenticated: ["connectionId", "userId"],
  connection_rejected: ["connectionId"],
  connection_closed: ["connectionId"],
  received: ["type", "connectionId"],
  routed: ["type", "router"],
  emitted: ["type"],
  sent: ["type"],
  acked: ["connectionId"],
  dropped: ["errorCode"],
  persisted: ["runId"],
  state: ["attributes.component", "attributes.state"],
};

/** Fields without which an observation of this stage says nothing. */
export function requirementsOf(stage: Stage): readonly string[] {
  return REQUIRED[stage];
}
