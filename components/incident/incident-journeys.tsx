"use client";
import { Route } from "lucide-react";
import { counted, figure } from "@/client/format";
import { useIncidentJourneys } from "@/client/use-incident";
import type { IncidentSummary } from "@/contracts/http";
import { JourneyLink } from "../journeys/journey-link";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { IdText } from "../ui/id-text";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";

/** Journeys in which it occurred, page by page. */
export function IncidentJourneys({ incident: { environment, id, facts } }: { incident: IncidentSummary }) {
  const { items, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useIncidentJourneys(
    environment,
    id,
  );
  return (
    <Card title="Journeys" hint={figure(facts.journeys)} flush>
      {error && !data && (
        <ErrorState error={error} title="The journeys could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={3} label="The journeys are being fetched" />}
      {data && items.length === 0 && (
        <EmptyState icon={Route} title="In no journey">
          What occurred belongs to messages without a journey, or to connections.
        </EmptyState>
      )}
      <ul aria-label="Journeys" className="divide-y">
        {items.map(({ key, journey, occurrences, lastAt }) => (
          <li key={key}>
            {journey ? (
              <JourneyLink row={journey} />
            ) : (
              <p className="flex flex-wrap items-center gap-x-3 px-4 py-2.5 text-[13px] text-muted">
                <IdText className="max-w-64">{key}</IdText> is not kept any more; it occurred{" "}
                {counted(occurrences, "time")}, last <Time at={lastAt} />.
              </p>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button look="quiet" className="m-2" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </Card>
  );
}
