/** Which subjects must be judged again because of these events. One mark per batch, kind and key. */
import type { ObservedEvent, Stage } from "@/domain/telemetry/event";
import { acksMark, type MarkKind, type Subject } from "@/server/storage/judging/marks";

/** One row of the queue of what must be judged. */
export type Mark = Subject;

const MESSAGE_STAGES: ReadonlySet<Stage> = new Set(["received", "routed", "emitted", "sent", "acked", "dropped"]);
const STOP_TYPE = "stop_agent";

/** The marks of a batch, each once; what was acked, in one mark an environment. */
export function marksOf(events: readonly ObservedEvent[]): Mark[] {
  const marks = new Map<string, Mark>();
  const acks = new Map<string, Set<string>>();
  for (const event of events) {
    const { environment } = event;
    for (const [kind, key] of subjectsOf(event)) {
      if (kind === "ack") acks.set(environment, (acks.get(environment) ?? new Set()).add(key));
      else marks.set(`${kind}\n${environment}\n${key}`, { kind, environment, key });
    }
  }
  return [...marks.values(), ...[...acks].map(([environment, keys]) => acksMark(environment, [...keys]))];
}

/** Key of a connection's marks: a JSON array, since both parts may hold any character. */
export function connectionKey(instance: string | null, connectionId: string): string {
  return JSON.stringify([instance ?? "", connectionId]);
}

function subjectsOf(event: ObservedEvent): [MarkKind, string][] {
  const subjects: [MarkKind, string][] = [];
  if (event.runId !== null) subjects.push(["run", event.runId]);
  else if (MESSAGE_STAGES.has(event.stage)) {
    if (event.messageId !== null) subjects.push(["message", event.messageId]);
    if (event.inReplyTo !== null) subjects.push(["message", event.inReplyTo]);
    if (event.messageId === null && event.inReplyTo === null) subjects.push(["event", event.id]);
  }
  if (event.connectionId !== null && (event.stage.startsWith("connection_") || event.stage === "acked")) {
    subjects.push([event.stage === "acked" ? "ack" : "connection", connectionKey(event.instance, event.connectionId)]);
  }
  if (event.stage === "received") {
    if (event.type === STOP_TYPE && event.runId === null) subjects.push(["stop", event.id]);
    if (event.threadId !== null) subjects.push(["thread", event.threadId]);
  }
  return subjects;
}
