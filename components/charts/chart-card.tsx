"use client";
import { ChartLine, Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useZone } from "@/client/url-state";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { ChartLegend } from "./chart-legend";
import { ChartTable } from "./chart-table";
import type { PreparedChart } from "./prepared-chart";
import { TimeChart } from "./time-chart";

interface Props {
  chart: PreparedChart;
  /** Without it no range can be chosen. */
  onSelect?: (fromMs: number, toMs: number) => void;
  /** Beside the figure: where more of it is seen. */
  more?: ReactNode;
}

/** Title, figure, drawing and table of one chart. */
export function ChartCard({ chart, onSelect, more }: Props) {
  const [zone] = useZone();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section aria-labelledby={id} className="relative min-w-0 rounded-lg border bg-surface p-4 pb-2">
      <div className="flex items-start gap-2">
        <div className="min-w-0">
          <h2 id={id} className="font-medium text-muted text-xs">
            {chart.title}
          </h2>
          <p
            className={cn(
              "font-semibold text-2xl tracking-tight",
              chart.tone === "good" && "text-good",
              chart.tone === "bad" && "text-bad",
            )}
          >
            {chart.value}
            {chart.before !== null && (
              <span className="ml-2 font-normal text-faint text-xs tracking-normal">{chart.before}</span>
            )}
            {more && <span className="ml-2 font-normal tracking-normal">{more}</span>}
          </p>
        </div>
        {!chart.empty && (
          <Button
            look="quiet"
            size="icon"
            className="-mt-1 -mr-2 ml-auto"
            aria-pressed={asTable}
            aria-label={`${chart.title} as a table`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartLine aria-hidden className="size-4" /> : <Table2 aria-hidden className="size-4" />}
          </Button>
        )}
      </div>
      {chart.empty ? (
        <p className="grid h-40 place-items-center text-balance px-4 text-center text-[13px] text-muted">
          {chart.empty}
        </p>
      ) : (
        <>
          {!asTable && (
            <div aria-hidden className="-mx-1 mt-1 h-40">
              <TimeChart chart={chart} zone={zone} {...(onSelect && { onSelect })} />
            </div>
          )}
          {chart.legend && !asTable && <ChartLegend chart={chart} />}
          <ChartTable chart={chart} zone={zone} shown={asTable} />
        </>
      )}
    </section>
  );
}
