/** Signalbox's judgement of a telemetry stream, in memory: the pure domain, fed as the store would feed it. */
import { buildIntervals } from "@/domain/connections/build-intervals";
import type { ConnectionInterval } from "@/domain/connections/interval";
import { joinJourneys } from "@/domain/journeys/join-journeys";
import { judgeJourney } from "@/domain/journeys/judge-journey";
import type { JudgeContext, Policy, Verdict } from "@/domain/journeys/types";
import { allowList } from "@/domain/redaction/allow-list";
import { createRedactor } from "@/domain/redaction/redact";
import type { ConnectionEvent, TelemetryEvent } from "@/domain/telemetry/event";
import { normalise } from "@/domain/telemetry/normalise";
import type { WireEvent } from "@/emitter/event";

/** Judges everything, an hour after the last event: every deadline has passed. */
export function judgeTelemetry(stream: readonly WireEvent[], policy: Policy): Verdict[] {
  const nowMs = Math.max(...stream.map((event) => Date.parse(event.time))) + 3_600_000;
  const events = readAll(stream, nowMs);
  const intervals = intervalsOf(events);
  const context: JudgeContext = {
    intervals,
    knownUsers: new Set(intervals.flatMap((interval) => interval.userId ?? [])),
    stops: events.filter((event) => event.stage === "received" && event.type === "stop_agent"),
    threadParticipants: new Map(),
    outages: [],
  };
  return joinJourneys(events, context, policy).groups.map((group) => judgeJourney(group, context, policy, nowMs));
}

/** Parsed as at the door, each id once. */
function readAll(stream: readonly WireEvent[], receivedAtMs: number): TelemetryEvent[] {
  const byId = new Map<string, TelemetryEvent>();
  for (const item of stream) {
    const parsed = normalise(item, {
      receivedAtMs,
      retentionMs: 14 * 86_400_000,
      environments: "all",
      defaultEnvironment: "demo",
      typeAliases: () => ({}),
      redactor: createRedactor(allowList([]), (text) => String(text.length)),
      payloadHash: (text) => text,
      sourceId: null,
    });
    if (!parsed.ok) throw new Error(`Signalbox would reject ${JSON.stringify(item)}: ${parsed.rejection.message}`);
    if (!byId.has(parsed.event.id)) byId.set(parsed.event.id, parsed.event);
  }
  return [...byId.values()];
}

function intervalsOf(events: readonly TelemetryEvent[]): ConnectionInterval[] {
  const ids = new Set(events.flatMap((event) => event.connectionId ?? []));
  const of = new Map([...ids].map((id) => [id, { life: [] as ConnectionEvent[], acks: [] as number[] }]));
  for (const event of events) {
    const entry = event.connectionId === null ? undefined : of.get(event.connectionId);
    if (event.stage === "acked") entry?.acks.push(event.timeMs);
    if (!event.stage.startsWith("connection_")) continue;
    const { closeCode, snapshot } = event.attributes;
    entry?.life.push({
      ...event,
      closeCode: typeof closeCode === "number" ? closeCode : null,
      snapshot: snapshot === true,
    });
  }
  return [...of.values()].flatMap(({ life, acks }) => (life.length === 0 ? [] : buildIntervals(life, acks)));
}
