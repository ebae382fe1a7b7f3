"use client";
import Link from "next/link";
import { figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { TimelineEvent } from "@/contracts/http";
import { EventContent } from "../../journey/event-content";
import { EventSheet } from "../../journey/event-sheet";
import { Status } from "../../ui/status";

interface Props {
  /** The row that was gone to. */
  event: TimelineEvent | undefined;
  index: number | null;
  total: number;
  /** The event that the link names. */
  eventId: string | null;
  /** Whether it was looked for in vain. */
  missing: boolean;
  onTurn: (step: -1 | 1) => void;
  onClose: () => void;
}

/** One event of the timeline as it is stored, redacted, with the way to its journey. */
export function TimelineDrawer({ event: row, index, total, eventId, missing, onTurn, onClose }: Props) {
  const event = row?.id === eventId ? row : null;
  const here = event && index !== null ? index : null;
  return (
    <EventSheet
      eventId={eventId}
      event={event}
      place={here === null ? null : `${figure(here + 1)} of ${figure(total)}`}
      before={here !== null && here > 0 ? "ready" : null}
      after={here !== null && here < total - 1 ? "ready" : null}
      onTurn={onTurn}
      onClose={onClose}
    >
      {event ? (
        <>
          <Whose event={event} />
          <EventContent key={event.id} event={event} journeyId={null} />
        </>
      ) : (
        <p role="status" className="break-words p-4 text-[13px] text-muted">
          {missing
            ? `The event ${eventId} is not among those that are shown: another filter or another time may show it.`
            : "Fetching …"}
        </p>
      )}
    </EventSheet>
  );
}

function Whose({ event: { journey, foreignOwner, environment } }: { event: TimelineEvent }) {
  const href = useHref();
  if (!journey && !foreignOwner) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-raised px-4 py-2 text-[13px]">
      {journey && (
        <Link
          href={href(`/journeys/${encodeURIComponent(journey.id)}`, { environment })}
          className="inline-flex min-w-0 items-center gap-2 font-medium hover:underline"
        >
          <Status status={journey.status} />
          <span className="truncate font-mono text-[12.5px]">{journey.id}</span>
        </Link>
      )}
      {foreignOwner && (
        <span className="text-warn">
          a message of{" "}
          <Link
            href={href(`/users/${encodeURIComponent(foreignOwner)}`, { environment })}
            className="font-medium underline"
          >
            {foreignOwner}
          </Link>
        </span>
      )}
    </div>
  );
}
