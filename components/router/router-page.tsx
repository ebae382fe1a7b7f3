"use client";
import { Waypoints } from "lucide-react";
import { ApiError } from "@/client/api";
import { useEnvironment, usePrevious, useRange } from "@/client/url-state";
import { useRouterOverTime } from "@/client/use-routers";
import { useRangeQuery } from "@/client/use-routers-view";
import type { RouterDetail } from "@/contracts/http";
import { ChartCard } from "../charts/chart-card";
import { withoutPrevious } from "../charts/without-previous";
import { PreviousToggle } from "../overview/previous-toggle";
import { RangePicker } from "../overview/range-picker";
import { RoutersSkeleton } from "../routers/routers-skeleton";
import { prepareStates } from "../routers/states/prepare-states";
import { StatesCard } from "../routers/states/states-card";
import { WindowContext } from "../routers/use-window";
import { BackLink } from "../ui/back-link";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { CodesTable } from "./codes-table";
import { InboundOfRouter } from "./inbound-of-router";
import { prepareErrors, prepareLatency, prepareMessages } from "./prepare-router-charts";
import { RouterHeader } from "./router-header";
import { SourcesTable } from "./sources-table";
import { TypesTable } from "./types-table";

/** One router over time: what it handles, how it fails, since when, and where it runs. */
export function RouterPage({ name }: { name: string }) {
  const [environment] = useEnvironment();
  const range = useRangeQuery();
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <BackLink path="/routers" query={range}>
          Routers
        </BackLink>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <PreviousToggle />
          <RangePicker />
        </div>
      </div>
      {environment !== null && <OverTime key={environment} environment={environment} name={name} />}
    </>
  );
}

function OverTime({ environment, name }: { environment: string; name: string }) {
  const { range } = useRange();
  const { data, error, isPlaceholderData, refetch } = useRouterOverTime(environment, name, range);
  const unknown = error instanceof ApiError && error.status === 404;
  return (
    <>
      {unknown && !data && (
        <EmptyState icon={Waypoints} title={`No router ${name} was ever seen in this environment`}>
          Names are compared letter by letter, the module before them included. It may also be older than what is kept.
        </EmptyState>
      )}
      {error && !unknown && !data && (
        <ErrorState error={error} title="The router could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <RoutersSkeleton label="The router is being fetched" />}
      {data && (
        <WindowContext value={{ from: data.from, to: range.kind === "live" ? null : data.to }}>
          <div aria-busy={isPlaceholderData} className="flex flex-col gap-4 aria-busy:opacity-60">
            <Figures data={data} />
          </div>
        </WindowContext>
      )}
    </>
  );
}

function Figures({ data }: { data: RouterDetail }) {
  const { showBetween } = useRange();
  const [previous] = usePrevious();
  return (
    <>
      <RouterHeader row={data.router} />
      <div className="grid gap-4 lg:grid-cols-3">
        {[prepareMessages(data), prepareErrors(data), prepareLatency(data)].map((chart) => (
          <ChartCard key={chart.title} chart={previous ? chart : withoutPrevious(chart)} onSelect={showBetween} />
        ))}
      </div>
      <StatesCard states={prepareStates(data)} onSelect={showBetween} />
      <CodesTable data={data} />
      <TypesTable types={data.types} />
      <SourcesTable sources={data.sources} />
      <InboundOfRouter inbound={data.inbound} />
    </>
  );
}
