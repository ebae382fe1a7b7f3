"use client";
import { Route, Scale } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { counted, figure } from "@/client/format";
import { anyFilter, comparable, NO_FILTERS } from "@/client/journey-filters";
import { composeJourneys } from "@/client/live/journey-changes";
import { useEnvironment, useHref, useJourneyFilters } from "@/client/url-state";
import { useAgainst } from "@/client/use-against";
import { useJourneyChanges, useJourneys } from "@/client/use-journeys";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { SkeletonRows } from "../ui/skeleton";
import { CompareTwo } from "./compare-two";
import { FilterBar } from "./filter-bar";
import { JourneysList } from "./journeys-list";
import { prepareTotal } from "./prepare-total";
import { useChoice } from "./use-choice";
import { useHeldRows } from "./use-held-rows";
import { useReading } from "./use-reading";
import { WhatDiffers } from "./what-differs";

/** Every journey, newest first; rows hold still while they are being read. */
export function JourneysPage() {
  const [environment] = useEnvironment();
  const { filters, setFilters } = useJourneyFilters();
  const query = useJourneys(environment, filters);
  const { changes, reload } = useJourneyChanges(environment);
  const [against, compareAgainst] = useAgainst();
  const choice = useChoice();
  const reading = useReading();

  const pages = query.data?.pages;
  const complete = query.data !== undefined && !query.hasNextPage;
  const { rows, arrived } = useMemo(() => {
    const fetched = (pages ?? []).flatMap((page) => page.items);
    return composeJourneys({ fetched, complete, changes, filters });
  }, [pages, complete, changes, filters]);
  const held = useHeldRows(rows, arrived, reading.active);
  const waiting = held.waiting + changes.omitted;
  const total = pages?.[0] ? prepareTotal(pages[0], arrived.length) : null;

  function showWaiting() {
    held.admit();
    if (changes.omitted > 0) reload();
    window.scrollTo({ top: 0 });
  }

  function showDifferences() {
    compareAgainst("all");
    if (filters.status === null) setFilters({ status: "failed" });
  }

  return (
    <>
      <PageHead title="Journeys" lead={total ?? "One user request each, until its answer."}>
        {waiting > 0 && (
          <Button look="strong" size="small" className="rounded-full" onClick={showWaiting}>
            {figure(waiting)} new
          </Button>
        )}
        {comparable(filters) && against === null && (
          <Button size="small" onClick={() => showDifferences()}>
            <Scale aria-hidden className="size-3.5" />
            What differs
          </Button>
        )}
        <CompareTwo environment={environment} choice={choice} />
      </PageHead>
      <FilterBar filters={filters} onChange={setFilters} />
      {against !== null && comparable(filters) && (
        <WhatDiffers
          environment={environment}
          filters={filters}
          against={against}
          onAgainst={compareAgainst}
          onFilter={setFilters}
        />
      )}
      <section aria-label="Journeys" className="min-w-0 rounded-lg border bg-surface" {...reading.handlers}>
        {query.isPending && <SkeletonRows rows={10} label="Journeys are being fetched" />}
        {query.error && !pages && (
          <ErrorState error={query.error} title="The journeys could not be fetched" onRetry={() => query.refetch()} />
        )}
        {pages && held.rows.length === 0 && (
          <NoJourneys filtered={anyFilter(filters)} onClear={() => setFilters(NO_FILTERS)} />
        )}
        {pages && held.rows.length > 0 && (
          <JourneysList
            rows={held.rows}
            choice={choice}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            failed={query.isFetchNextPageError}
            onMore={() => void query.fetchNextPage()}
          />
        )}
      </section>
      <p className="sr-only" role="status">
        {waiting > 0 ? `${counted(waiting, "new journey")} waiting` : ""}
      </p>
    </>
  );
}

function NoJourneys({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const href = useHref();
  return filtered ? (
    <EmptyState icon={Route} title="No journey matches">
      <Button className="mt-2" onClick={onClear}>
        Clear the filters
      </Button>
    </EmptyState>
  ) : (
    <EmptyState icon={Route} title="No journey was observed in this environment yet">
      <Link href={href("/connect")} className="text-accent underline">
        Connect a source
      </Link>
      , then send a message through it.
    </EmptyState>
  );
}
