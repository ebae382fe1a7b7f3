"use client";
import { ChevronLeft, MapPinOff } from "lucide-react";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { useEffect } from "react";
import { ApiError } from "@/client/api";
import type { Correction } from "@/client/live/correction";
import { useHref } from "@/client/url-state";
import { useJourney, useJourneyEvents } from "@/client/use-journey";
import type { JourneyDetail } from "@/contracts/http";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { Deliveries } from "./deliveries";
import { EventDrawer } from "./event-drawer";
import { EventsList } from "./events-list";
import { Findings } from "./findings";
import { JourneyHeader } from "./journey-header";
import { JourneySkeleton } from "./journey-skeleton";
import { Notes } from "./notes";
import { Steps } from "./steps";
import { Timeline } from "./timeline";
import { useEventHash } from "./use-event-hash";

/** Where a journey broke: at which hop, in which router, and why. */
export function JourneyPage({ id }: { id: string }) {
  const [environment, setEnvironment] = useQueryState("environment");
  const { data, error, refetch, correction } = useJourney(environment, id);
  const actual = data?.environment;
  useEffect(() => {
    if (environment === null && actual !== undefined) void setEnvironment(actual);
  }, [environment, actual, setEnvironment]);
  return (
    <>
      <BackLink />
      {data ? (
        <Journey journey={data} correction={correction} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <EmptyState icon={MapPinOff} title={`No journey ${id}`}>
          Nothing with this run or message id was observed{environment ? ` in ${environment}` : ""}, or it is older than
          what is kept.
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} title="The journey could not be fetched" onRetry={() => refetch()} />
      ) : (
        <JourneySkeleton />
      )}
    </>
  );
}

function BackLink() {
  const href = useHref();
  return (
    <Link
      href={href("/journeys")}
      className="-mb-2 inline-flex w-fit items-center gap-1 text-[13px] text-muted hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-3.5" />
      Journeys
    </Link>
  );
}

function Journey({ journey, correction }: { journey: JourneyDetail; correction: Correction | null }) {
  const loaded = useJourneyEvents(journey);
  const [eventId, openEvent] = useEventHash();
  return (
    <>
      <JourneyHeader journey={journey} correction={correction} />
      <div className="grid min-w-0 gap-4 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <Steps journey={journey} />
        <Timeline journey={journey} events={loaded.events} onOpen={openEvent} />
      </div>
      <Findings journey={journey} events={loaded.events} onOpen={openEvent} />
      <Deliveries journey={journey} onOpen={openEvent} />
      <EventsList journey={journey} loaded={loaded} openId={eventId} onOpen={openEvent} />
      <Notes notes={journey.notes} onOpen={openEvent} />
      <EventDrawer journey={journey} loaded={loaded} eventId={eventId} onClose={() => openEvent(null)} />
    </>
  );
}
