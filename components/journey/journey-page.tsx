"use client";
import { useQueryState } from "nuqs";
import { useEffect } from "react";
import { ApiError } from "@/client/api";
import type { Correction } from "@/client/live/correction";
import { useJourney } from "@/client/use-journey";
import { useJourneyEvents } from "@/client/use-journey-events";
import type { JourneyDetail } from "@/contracts/http";
import { ComparePage } from "../compare/compare-page";
import { BackLink } from "../ui/back-link";
import { ErrorState } from "../ui/error-state";
import { Deliveries } from "./deliveries";
import { EventDrawer } from "./event-drawer";
import { EventsList } from "./events-list";
import { Findings } from "./findings";
import { JourneyHeader } from "./journey-header";
import { JourneySkeleton } from "./journey-skeleton";
import { Neighbours } from "./neighbours";
import { NoJourney } from "./no-journey";
import { Notes } from "./notes";
import { Steps } from "./steps";
import { Timeline } from "./timeline";
import { useJourneyHash } from "./use-journey-hash";

/** One journey, or two side by side when the link names another to compare with. */
export function JourneyPage({ id }: { id: string }) {
  const [other] = useQueryState("with");
  return other ? <ComparePage leftId={id} rightId={other} /> : <SingleJourney id={id} />;
}

/** Where a journey broke: at which hop, in which router, and why. */
function SingleJourney({ id }: { id: string }) {
  const [environment, setEnvironment] = useQueryState("environment");
  const { data, error, refetch, correction } = useJourney(environment, id);
  const actual = data?.environment;
  useEffect(() => {
    if (environment === null && actual !== undefined) void setEnvironment(actual);
  }, [environment, actual, setEnvironment]);
  return (
    <>
      <div className="-mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <BackLink path="/journeys">Journeys</BackLink>
        {data && <Neighbours key={data.key} journey={data} />}
      </div>
      {data ? (
        <Journey journey={data} correction={correction} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <NoJourney id={id} environment={environment} />
      ) : error ? (
        <ErrorState error={error} title="The journey could not be fetched" onRetry={() => refetch()} />
      ) : (
        <JourneySkeleton />
      )}
    </>
  );
}

function Journey({ journey, correction }: { journey: JourneyDetail; correction: Correction | null }) {
  const { eventId, step, openEvent } = useJourneyHash();
  const loaded = useJourneyEvents(journey, eventId);
  return (
    <>
      <JourneyHeader journey={journey} correction={correction} />
      <div className="grid min-w-0 gap-4 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <Steps journey={journey} linked={step} onOpen={openEvent} />
        <Timeline journey={journey} onOpen={openEvent} />
      </div>
      <Findings journey={journey} events={loaded.events} onOpen={openEvent} />
      <Deliveries journey={journey} onOpen={openEvent} />
      <EventsList journey={journey} loaded={loaded} openId={eventId} onOpen={openEvent} />
      <Notes notes={journey.notes} onOpen={openEvent} />
      <EventDrawer journey={journey} loaded={loaded} eventId={eventId} onOpen={openEvent} />
    </>
  );
}
