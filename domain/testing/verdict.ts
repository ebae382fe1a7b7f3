import type { Delivery, Finding, Traits, Verdict } from "../journeys/types";

/** A succeeded journey of alice with nothing observed, and `partial` over it. */
export function verdict(partial: Partial<Verdict> = {}): Verdict {
  return {
    key: "r:run-1",
    id: "run-1",
    environment: "test",
    status: "succeeded",
    owner: "alice",
    claimedOwner: null,
    startedAtMs: 0,
    endedAtMs: null,
    durationMs: null,
    policyVersion: 1,
    brokenAt: null,
    brokenBy: null,
    steps: [],
    findings: [],
    routers: [],
    versions: [],
    instances: [],
    services: [],
    traits: traits(),
    threadIds: [],
    threadScoped: [],
    deliveries: [],
    linked: [],
    occurrences: [],
    notes: [],
    eventCount: 0,
    oversized: false,
    nextDeadlineMs: null,
    ...partial,
  };
}

/** A journey of which nothing was told. */
export function traits(): Traits {
  return { handlers: [], agents: [], tools: [], connectionAgeMs: null, payloadBytes: null };
}

/** A delivered `agent_completed` of alice on connection `c1`, and `partial` over it. */
export function delivery(partial: Partial<Delivery> = {}): Delivery {
  return {
    messageId: "m1",
    type: "agent_completed",
    state: "delivered",
    connectionId: "c1",
    recipient: "alice",
    router: null,
    emittedAtMs: 0,
    sentAtMs: 1,
    ackedAtMs: null,
    eventIds: [],
    ...partial,
  };
}

/** A failing finding due at 0, and `partial` over it. */
export function finding(partial: Partial<Finding> & Pick<Finding, "code">): Finding {
  return {
    severity: "error",
    fails: true,
    step: null,
    hop: null,
    router: null,
    messageId: null,
    messageType: null,
    dueMs: 0,
    eventIds: [],
    ...partial,
  };
}
