"use client";
import { Search } from "lucide-react";
import { useEnvironment, useRange } from "@/client/url-state";
import { useRouters } from "@/client/use-routers";
import { useRoutersView } from "@/client/use-routers-view";
import type { RouterList } from "@/contracts/http";
import { ChartCard } from "../charts/chart-card";
import { FilterField } from "../journeys/filter-field";
import { RangePicker } from "../overview/range-picker";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { ConsistencyTable } from "./consistency-table";
import { InboundTable } from "./inbound-table";
import { prepareRoutersCharts } from "./prepare-routers-charts";
import { RouterTotals } from "./router-totals";
import { RoutersInCode } from "./routers-in-code";
import { RoutersSkeleton } from "./routers-skeleton";
import { RoutersTable } from "./routers-table";
import { prepareStates } from "./states/prepare-states";
import { StatesCard } from "./states/states-card";
import { WindowContext } from "./use-window";

/** Which implementations handle the messages, and how well. */
export function RoutersPage() {
  const [environment] = useEnvironment();
  const { range } = useRange();
  const { data, error, isPlaceholderData, refetch } = useRouters(environment, range);
  return (
    <>
      <PageHead title="Routers" lead="Which implementations handle the messages, and how well.">
        <RangePicker />
      </PageHead>
      {error && !data && (
        <ErrorState error={error} title="The routers could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <RoutersSkeleton label="Routers are being fetched" />}
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

function Figures({ data }: { data: RouterList }) {
  const { showBetween } = useRange();
  const { view, setView } = useRoutersView();
  const { messages, failed } = prepareRoutersCharts(data);
  const states = prepareStates(data);
  if (data.items.length + data.inbound.items.length + states.total === 0) return <RoutersTable data={data} />;
  return (
    <>
      <RouterTotals data={data} states={states} />
      <div className="grid gap-4 lg:grid-cols-2">
        <ChartCard chart={messages} onSelect={showBetween} />
        <ChartCard chart={failed} onSelect={showBetween} />
      </div>
      <StatesCard states={states} onSelect={showBetween} />
      <search>
        <FilterField
          label="Part of a router's, handler's or type's name"
          placeholder="Router, handler or type"
          icon={Search}
          value={view.q}
          onCommit={(q) => setView({ q })}
          className="w-full sm:w-72"
        />
      </search>
      <RoutersTable data={data} />
      <RoutersInCode />
      <ConsistencyTable types={data.types} />
      <InboundTable inbound={data.inbound} />
    </>
  );
}
