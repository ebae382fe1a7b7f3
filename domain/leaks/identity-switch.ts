/** One connection that was authenticated as two users without a close or a new open between. */
import type { ConnectionInterval } from "../connections/interval";
import type { LeakOccurrence } from "../journeys/types";
import type { ConnectionEvent } from "../telemetry/event";
import { LEAK_SEVERITIES } from "./leak-rules";

/** One occurrence for each time the user changes. `events` are the connection's own. */
export function identitySwitches(
  intervals: readonly ConnectionInterval[],
  events: readonly ConnectionEvent[],
): LeakOccurrence[] {
  return intervals.flatMap(({ instance, connectionId, bindings }) =>
    bindings.flatMap((binding, i) => {
      const before = bindings[i - 1];
      if (!before || before.userId === binding.userId) return [];
      const witness = witnessOf(events, binding);
      return {
        key: ["identity_switch", instance, connectionId, before.userId, binding.userId, binding.atMs].join("|"),
        rule: "identity_switch" as const,
        severity: LEAK_SEVERITIES.identity_switch,
        router: witness?.router ?? null,
        owner: before.userId,
        recipient: binding.userId,
        messageId: null,
        messageType: null,
        runId: null,
        connectionId,
        version: witness?.version ?? null,
        occurredAtMs: binding.atMs,
        eventIds: [witnessOf(events, before)?.id, witness?.id].filter((id) => id !== undefined),
      };
    }),
  );
}

function witnessOf(events: readonly ConnectionEvent[], { userId, atMs }: ConnectionInterval["bindings"][number]) {
  return events
    .filter((event) => event.stage === "connection_authenticated" && event.userId === userId && event.timeMs === atMs)
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
