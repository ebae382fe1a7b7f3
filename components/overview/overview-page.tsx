"use client";
import { targetText } from "@/client/slo-words";
import { useEnvironment, usePrevious, useRange } from "@/client/url-state";
import { useOverview } from "@/client/use-overview";
import type { Overview } from "@/contracts/http";
import { ChartCard } from "../charts/chart-card";
import { prepareLatency, prepareReliability, prepareVolume } from "../charts/prepare-overview-charts";
import { withoutPrevious } from "../charts/without-previous";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { Connections } from "./connections";
import { DeliveryTable } from "./delivery-table";
import { FailuresTable } from "./failures-table";
import { Funnel } from "./funnel";
import { NothingYet } from "./nothing-yet";
import { ObjectivesLink } from "./objectives-link";
import { OpenLeaks } from "./open-leaks";
import { OverviewSkeleton } from "./overview-skeleton";
import { PreviousToggle } from "./previous-toggle";
import { RangePicker } from "./range-picker";
import { RoutersTable } from "./routers-table";
import { StatusCounts } from "./status-counts";

/** Is every user getting the answer they asked for, right now? */
export function OverviewPage() {
  const [environment] = useEnvironment();
  const { range } = useRange();
  const { data, error, isPlaceholderData, refetch } = useOverview(environment, range);
  return (
    <>
      <PageHead title="Overview" lead="Is every user getting the answer they asked for?">
        <PreviousToggle />
        <RangePicker />
      </PageHead>
      {error && !data && (
        <ErrorState error={error} title="The overview could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <OverviewSkeleton />}
      {data && (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-4 aria-busy:opacity-60">
          {data.seen.events ? <Figures data={data} /> : <NothingYet data={data} />}
        </div>
      )}
    </>
  );
}

function Figures({ data }: { data: Overview }) {
  const [previous] = usePrevious();
  const { range, showBetween } = useRange();
  const { target } = data.reliability;
  const window = { from: data.from, to: range.kind === "live" ? null : data.to };
  return (
    <>
      <OpenLeaks incidents={data.incidents} />
      <div className="grid gap-4 lg:grid-cols-3">
        {[
          { chart: prepareReliability(data), more: <ObjectivesLink>{`target ${targetText(target)}`}</ObjectivesLink> },
          { chart: prepareVolume(data), more: null },
          { chart: prepareLatency(data), more: <ObjectivesLink>objective</ObjectivesLink> },
        ].map(({ chart, more }) => (
          <ChartCard
            key={chart.title}
            chart={previous ? chart : withoutPrevious(chart)}
            onSelect={showBetween}
            more={more}
          />
        ))}
      </div>
      <StatusCounts journeys={data.journeys} window={window} />
      <FailuresTable data={data} window={window} />
      <div className="grid gap-4 lg:grid-cols-2">
        <DeliveryTable delivery={data.delivery} />
        <Funnel funnel={data.funnel} />
        <RoutersTable routers={data.routers} omitted={data.routersOmitted} window={window} />
        <Connections connections={data.connections} />
      </div>
    </>
  );
}
