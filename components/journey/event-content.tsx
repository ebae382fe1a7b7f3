"use client";
import type { ReactNode } from "react";
import type { TelemetryEventView } from "@/contracts/http";
import { CopyButton } from "../ui/copy-button";
import { ScrollRegion } from "../ui/scroll-region";
import { Time } from "../ui/time";
import { EventFields } from "./event-fields";
import { receivedWords } from "./prepare-event";

/** Everything that is kept of an event; `journeyId` is the journey that the page is about, which needs no link. */
export function EventContent({ event, journeyId }: { event: TelemetryEventView; journeyId: string | null }) {
  const raw = JSON.stringify(event, null, 2);
  return (
    <ScrollRegion label="Event" className="min-h-0 flex-1">
      <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-y-1.5 px-4 pt-3 text-[13px]">
        <dt className="text-faint">Happened</dt>
        <dd>
          <Time at={event.time} as="dayAndClockWithMs" />
        </dd>
        <dt className="text-faint">Received</dt>
        <dd>
          <Time at={event.receivedAt} as="clockWithMs" /> <span className="text-muted">{receivedWords(event)}</span>
        </dd>
      </dl>
      <EventFields event={event} journeyId={journeyId} />
      {event.payload !== undefined && (
        <Part title="Payload" hint="strings outside ids and names stand as redacted:length:fingerprint">
          <Json text={JSON.stringify(event.payload, null, 2)} />
        </Part>
      )}
      {event.attributes && (
        <Part title="Attributes">
          <dl className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-y-1 text-[13px]">
            {Object.entries(event.attributes).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="break-all pr-2 text-faint">{name}</dt>
                <dd className="break-all font-mono text-[12.5px]">{asText(value)}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      <Part title="As stored, redacted" action={<CopyButton label="Copy JSON" text={() => raw} />}>
        <Json text={raw} />
      </Part>
    </ScrollRegion>
  );
}

function Part({
  title,
  hint,
  action,
  children,
}: {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="border-t p-4">
      <div className="mb-2 flex min-h-6 items-center justify-between gap-3">
        <h3 className="font-semibold text-[13px]">
          {title}
          {hint && <span className="ml-2 font-normal text-faint text-xs">{hint}</span>}
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}

function Json({ text }: { text: string }) {
  return (
    <pre className="whitespace-pre-wrap break-all rounded-md border bg-raised p-3 font-mono text-[12px] leading-relaxed">
      {text}
    </pre>
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
