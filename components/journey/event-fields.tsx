import type { TelemetryEventView } from "@/contracts/http";
import { cn } from "../ui/cn";

const FIELDS: { field: keyof TelemetryEventView; name: string }[] = [
  { field: "outcome", name: "Outcome" },
  { field: "errorCode", name: "Error" },
  { field: "errorMessage", name: "Error message" },
  { field: "router", name: "Router" },
  { field: "handler", name: "Handler" },
  { field: "agentName", name: "Agent" },
  { field: "parentAgent", name: "Parent agent" },
  { field: "toolName", name: "Tool" },
  { field: "toolCallId", name: "Tool call" },
  { field: "connectionId", name: "Connection" },
  { field: "connectionUser", name: "User on that connection" },
  { field: "userId", name: "Claimed user" },
  { field: "threadId", name: "Thread" },
  { field: "runId", name: "Run" },
  { field: "messageId", name: "Message" },
  { field: "inReplyTo", name: "In reply to" },
  { field: "originalType", name: "Type as reported" },
  { field: "seq", name: "Sequence" },
  { field: "attempt", name: "Attempt" },
  { field: "scope", name: "Scope" },
  { field: "service", name: "Service" },
  { field: "instance", name: "Instance" },
  { field: "version", name: "Version" },
  { field: "sourceId", name: "Reported through" },
];

/** The fields that are present, named; the rest is in the raw event. */
export function EventFields({ event }: { event: TelemetryEventView }) {
  const present = FIELDS.filter(({ field }) => event[field] !== undefined);
  return (
    <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-y-1.5 p-4 text-[13px]">
      {present.map(({ field, name }) => (
        <div key={field} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className={cn("break-all font-mono text-[12.5px]", event[field] === "error" && "text-bad")}>
            {String(event[field])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
