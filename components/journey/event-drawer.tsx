"use client";
import { figure } from "@/client/format";
import type { JourneyEvents } from "@/client/use-journey-events";
import type { JourneyDetail } from "@/contracts/http";
import { EventContent } from "./event-content";
import { EventSheet } from "./event-sheet";
import { aroundEvent, type Turn } from "./prepare-event";

interface Props {
  journey: JourneyDetail;
  loaded: JourneyEvents;
  eventId: string | null;
  onOpen: (id: string | null) => void;
}

/** One telemetry event of a journey as it is stored, redacted. */
export function EventDrawer({ journey, loaded, eventId, onOpen }: Props) {
  const { event, position, earlier, later } = aroundEvent(loaded, eventId);
  const place = position === null ? null : `${figure(position)} of ${figure(Math.max(position, journey.events.total))}`;
  return (
    <EventSheet
      eventId={eventId}
      event={event}
      place={place}
      before={sideOf(earlier)}
      after={sideOf(later)}
      onTurn={(step) =>
        step < 0 ? follow(earlier, onOpen, loaded.loadEarlier) : follow(later, onOpen, loaded.loadMore)
      }
      onClose={() => onOpen(null)}
    >
      {event ? (
        <EventContent key={event.id} event={event} journeyId={journey.id} />
      ) : (
        <p role="status" className="break-words p-4 text-[13px] text-muted">
          {loaded.missing
            ? `The event ${eventId} is none of this journey's. It may belong to a connection or to another journey, or be older than what is kept.`
            : loaded.error
              ? "The event could not be fetched."
              : "Fetching …"}
        </p>
      )}
    </EventSheet>
  );
}

function sideOf(turn: Turn) {
  return turn === "fetch" ? "fetch" : turn ? "ready" : null;
}

function follow(turn: Turn, onOpen: (id: string) => void, fetchPage: () => void) {
  if (turn === "fetch") fetchPage();
  else if (turn) onOpen(turn.to);
}
