"use client";
import { SearchX, ShieldCheck } from "lucide-react";
import { anyIncidentFilter, NO_INCIDENT_FILTERS } from "@/client/incident-filters";
import { useEnvironment, useIncidentFilters } from "@/client/url-state";
import { useIncidents } from "@/client/use-incidents";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { SkeletonRows } from "../ui/skeleton";
import { IncidentFilterBar } from "./incident-filter-bar";
import { IncidentsTable } from "./incidents-table";

/** Leaks: messages of one user that reached another. One occurrence is enough. */
export function IncidentsPage() {
  const [environment] = useEnvironment();
  const { filters, setFilters } = useIncidentFilters();
  const { data, error, refetch } = useIncidents(environment, filters);
  const empty = data?.items.length === 0;
  const filtered = anyIncidentFilter(filters);
  return (
    <>
      <PageHead title="Incidents" lead="Messages of one user that reached another. One occurrence is enough." />
      <IncidentFilterBar filters={filters} onChange={setFilters} />
      <Card title="Leaks" flush hint={data?.nextCursor ? `the newest ${data.items.length}` : undefined}>
        {error && !data && (
          <ErrorState error={error} title="The incidents could not be fetched" onRetry={() => refetch()} />
        )}
        {!data && !error && <SkeletonRows label="Incidents are being fetched" />}
        {empty && filtered && (
          <EmptyState icon={SearchX} title="No incident matches">
            <Button className="mt-1" onClick={() => setFilters(NO_INCIDENT_FILTERS)}>
              Show all
            </Button>
          </EmptyState>
        )}
        {empty && !filtered && (
          <EmptyState icon={ShieldCheck} title="No leak is known">
            No delivery to anybody but its owner was seen. Where nothing was reported, nothing can be seen.
          </EmptyState>
        )}
        {data && !empty && <IncidentsTable items={data.items} />}
      </Card>
    </>
  );
}
