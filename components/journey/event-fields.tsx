"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { duration, figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { TelemetryEventView } from "@/contracts/http";
import { cn } from "../ui/cn";

const FIELDS: { field: keyof TelemetryEventView; name: string }[] = [
  { field: "outcome", name: "Outcome" },
  { field: "errorCode", name: "Error" },
  { field: "errorMessage", name: "Error message" },
  { field: "type", name: "Type" },
  { field: "originalType", name: "Type as reported" },
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
  { field: "seq", name: "Sequence" },
  { field: "attempt", name: "Attempt" },
  { field: "scope", name: "Scope" },
  { field: "durationMs", name: "Duration" },
  { field: "payloadBytes", name: "Payload size" },
  { field: "payloadHash", name: "Payload fingerprint" },
  { field: "service", name: "Service" },
  { field: "instance", name: "Instance" },
  { field: "version", name: "Version" },
  { field: "sourceId", name: "Reported through" },
  { field: "id", name: "Event id" },
];

/** The fields that are present, named; the rest is in the raw event. */
export function EventFields({ event, journeyId }: { event: TelemetryEventView; journeyId: string | null }) {
  const present = FIELDS.filter(({ field }) => event[field] !== undefined && !repeats(event, field));
  return (
    <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-y-1.5 p-4 pt-1.5 text-[13px]">
      {present.map(({ field, name }) => (
        <div key={field} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className={cn("break-all font-mono text-[12.5px]", event[field] === "error" && "text-bad")}>
            <Value event={event} field={field} journeyId={journeyId} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function repeats(event: TelemetryEventView, field: keyof TelemetryEventView): boolean {
  return field === "originalType" && event.originalType === event.type;
}

function Value({
  event,
  field,
  journeyId,
}: {
  event: TelemetryEventView;
  field: keyof TelemetryEventView;
  journeyId: string | null;
}) {
  const text = String(event[field]);
  switch (field) {
    case "userId":
    case "connectionUser":
      return <InternalLink path={`/users/${encodeURIComponent(text)}`}>{text}</InternalLink>;
    case "runId":
      return text === journeyId ? (
        text
      ) : (
        <InternalLink path={`/journeys/${encodeURIComponent(text)}`}>{text}</InternalLink>
      );
    case "durationMs":
      return duration(event.durationMs ?? null);
    case "payloadBytes":
      return `${figure(event.payloadBytes ?? 0)} bytes`;
    default:
      return text;
  }
}

function InternalLink({ path, children }: { path: string; children: ReactNode }) {
  const href = useHref();
  return (
    <Link href={href(path)} prefetch={false} className="underline decoration-line-strong hover:text-accent">
      {children}
    </Link>
  );
}
