"use client";
import { MapPinOff } from "lucide-react";
import { useQueryState } from "nuqs";
import { useEffect } from "react";
import { ApiError } from "@/client/api";
import { useIncident } from "@/client/use-incident";
import type { IncidentSummary } from "@/contracts/http";
import { BackLink } from "../ui/back-link";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { IncidentFacts } from "./incident-facts";
import { IncidentHeader } from "./incident-header";
import { IncidentHistory } from "./incident-history";
import { IncidentJourneys } from "./incident-journeys";
import { IncidentOccurrences } from "./incident-occurrences";

/** One leak: what it is, whom it concerns, since when and in which versions, and what people did. */
export function IncidentPage({ id }: { id: string }) {
  const [environment, setEnvironment] = useQueryState("environment");
  const { data, error, refetch } = useIncident(environment, id);
  const actual = data?.environment;
  useEffect(() => {
    if (environment === null && actual !== undefined) void setEnvironment(actual);
  }, [environment, actual, setEnvironment]);
  return (
    <>
      <BackLink path="/incidents">Incidents</BackLink>
      {data ? (
        <Incident incident={data} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <EmptyState icon={MapPinOff} title={`No incident ${id}`}>
          Nothing of this id is known{environment ? ` in ${environment}` : ""}.
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} title="The incident could not be fetched" onRetry={() => refetch()} />
      ) : (
        <SkeletonRows label="The incident is being fetched" />
      )}
    </>
  );
}

function Incident({ incident }: { incident: IncidentSummary }) {
  return (
    <>
      <IncidentHeader incident={incident} />
      <IncidentFacts incident={incident} />
      <IncidentOccurrences incident={incident} />
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <IncidentJourneys incident={incident} />
        <IncidentHistory incident={incident} />
      </div>
    </>
  );
}
