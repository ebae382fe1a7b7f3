"use client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect } from "react";
import { fullUtc } from "@/client/format";
import type { JourneyEvents } from "@/client/use-journey";
import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { ScrollRegion } from "../ui/scroll-region";
import { EventFields } from "./event-fields";

/** A linked event is searched in the pages that follow, up to this many events. */
const SEARCH_UP_TO = 5_000;

interface Props {
  journey: JourneyDetail;
  loaded: JourneyEvents;
  eventId: string | null;
  onClose: () => void;
}

/** One telemetry event as it is stored, redacted. */
export function EventDrawer({ journey, loaded, eventId, onClose }: Props) {
  const { events, hasMore, loading, error, loadMore } = loaded;
  const event = events.find((candidate) => candidate.id === eventId);
  const searching = eventId !== null && !event && hasMore && !error && events.length < SEARCH_UP_TO;
  useEffect(() => {
    if (searching && !loading) loadMore();
  }, [searching, loading, loadMore]);
  return (
    <Dialog.Root open={eventId !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[var(--shade)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-l bg-surface shadow-2xl outline-none"
        >
          <div className="flex items-center gap-3 border-b px-4 py-2.5">
            <Dialog.Title className="min-w-0 truncate font-semibold text-[15px]">
              {event ? `${event.stage}${event.type ? ` · ${event.type}` : ""}` : "Telemetry event"}
            </Dialog.Title>
            <div className="ml-auto flex items-center gap-1">
              <CopyButton label="Copy link to this event" text={() => window.location.href} iconOnly />
              <Dialog.Close asChild>
                <Button look="quiet" size="icon" aria-label="Close">
                  <X aria-hidden className="size-4" />
                </Button>
              </Dialog.Close>
            </div>
          </div>
          {event ? (
            <Content event={event} />
          ) : (
            <p className="p-4 text-[13px] text-muted">
              {searching
                ? "Fetching …"
                : `The event ${eventId} is not among the ${events.length} events of ${journey.id} that were fetched. It may belong to a connection or to another journey.`}
            </p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Content({ event }: { event: TelemetryEventView }) {
  const raw = JSON.stringify(event, null, 2);
  return (
    <ScrollRegion label="Event" className="min-h-0 flex-1">
      <p className="px-4 pt-3 text-faint text-xs">
        {fullUtc(event.time)}, received {fullUtc(event.receivedAt)}
      </p>
      <EventFields event={event} />
      <div className="border-t p-4">
        <div className="mb-2 flex items-center justify-between">
          <h3 className="font-semibold text-[13px]">As stored, redacted</h3>
          <CopyButton label="Copy" text={() => raw} />
        </div>
        <pre className="whitespace-pre-wrap break-all rounded-md border bg-raised p-3 font-mono text-[12px] leading-relaxed">
          {raw}
        </pre>
      </div>
    </ScrollRegion>
  );
}
