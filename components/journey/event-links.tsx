"use client";
import { figure } from "@/client/format";
import type { TelemetryEventView } from "@/contracts/http";

const MAX_LINKS = 8;

interface Props {
  ids: string[];
  /** Events beyond those. */
  omitted?: number;
  events?: TelemetryEventView[];
  onOpen: (id: string) => void;
}

/** Links to the telemetry events that prove something. */
export function EventLinks({ ids, omitted = 0, events = [], onOpen }: Props) {
  if (ids.length === 0) return null;
  const more = Math.max(0, ids.length - MAX_LINKS) + omitted;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {ids.slice(0, MAX_LINKS).map((id) => {
        const event = events.find((candidate) => candidate.id === id);
        return (
          <li key={id} className="min-w-0">
            <a
              href={`#${new URLSearchParams({ event: id })}`}
              onClick={(click) => {
                click.preventDefault();
                onOpen(id);
              }}
              className="inline-block max-w-64 truncate rounded border bg-raised px-1.5 font-mono text-[11.5px] text-muted hover:border-line-strong hover:text-ink"
              title={id}
            >
              {event ? `${event.stage}${event.type ? ` ${event.type}` : ""}` : id}
            </a>
          </li>
        );
      })}
      {more > 0 && <li className="text-faint text-xs">and {figure(more)} more</li>}
    </ul>
  );
}
