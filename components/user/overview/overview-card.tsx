"use client";
import { ChartNoAxesGantt, ChevronDown, FoldHorizontal, Table2, ZoomOut } from "lucide-react";
import { useMemo, useState } from "react";
import { counted, figure } from "@/client/format";
import type { CountedTimeline } from "@/client/timeline-parts";
import { useTimelinePlace } from "@/client/use-timeline-view";
import type { UserLanes } from "@/contracts/http";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { useWidth } from "../../ui/use-width";
import { Drawing } from "./drawing";
import { LaneNames } from "./lane-names";
import { Look, type Looked, NOTHING } from "./look";
import { OverviewTable } from "./overview-table";
import { prepareOverview } from "./prepare-overview";
import type { Fault } from "./prepared-overview";

const FEW_CONNECTIONS = 6;

export interface OverviewProps {
  user: string;
  summary: CountedTimeline;
  lanes: UserLanes | undefined;
  times: { from: string; to: string };
  /** Whether a part is shown that was selected. */
  zoomed: boolean;
  /** The stretch that the list shows. */
  listed: { fromMs: number; toMs: number } | null;
  onSelect: (times: { from: string | null; to: string | null }) => void;
  onPick: (at: string) => void;
  onOpenFault: (fault: Fault) => void;
}

/** All that happened to a user on one axis: events, faults, connections, and journeys by thread. */
export function OverviewCard(props: OverviewProps) {
  const { user, summary, lanes, times, zoomed, onSelect } = props;
  const { idle, setIdle } = useTimelinePlace();
  const [asTable, setAsTable] = useState(false);
  const [all, setAll] = useState(false);
  const [widthPx, measure] = useWidth();
  const [looked, setLooked] = useState<Looked>(NOTHING);
  const { from, to } = times;
  const overview = useMemo(() => {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
    return prepareOverview({ user, summary, lanes, fromMs, toMs, widthPx, shorten: idle === "short" });
  }, [user, summary, lanes, from, to, widthPx, idle]);
  const shown = useMemo(
    () => ({ ...overview, connections: overview.connections.slice(0, all ? undefined : FEW_CONNECTIONS) }),
    [overview, all],
  );
  const more = overview.connections.length - FEW_CONNECTIONS;
  return (
    <Card
      title="Overview"
      flush
      hint={overview.omitted.join("; ") || `${figure(summary.total)} events; drag to zoom, click to go there`}
      actions={
        <>
          {zoomed && (
            <Button look="quiet" size="small" onClick={() => onSelect({ from: null, to: null })}>
              <ZoomOut aria-hidden className="size-3.5" />
              All times
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            aria-pressed={idle === "short"}
            onClick={() => setIdle(idle === "short" ? "full" : "short")}
          >
            <FoldHorizontal aria-hidden className="size-3.5" />
            Short idle times
          </Button>
          <Button look="quiet" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? (
              <ChartNoAxesGantt aria-hidden className="size-3.5" />
            ) : (
              <Table2 aria-hidden className="size-3.5" />
            )}
            {asTable ? "As lanes" : "As tables"}
          </Button>
        </>
      }
    >
      {asTable ? (
        <OverviewTable summary={summary} lanes={lanes} faults={overview.faults} />
      ) : (
        <>
          <div className={cn("flex max-h-[30rem] overflow-y-auto", !lanes && "min-h-72")}>
            <LaneNames overview={shown} />
            <div ref={measure} className="min-w-0 grow overflow-hidden">
              {widthPx > 0 && <Drawing {...props} overview={shown} looked={looked} onLook={setLooked} />}
            </div>
          </div>
          <Look looked={looked} summary={summary} />
          {more > 0 && (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="flex w-full items-center justify-center gap-1.5 border-t py-1.5 text-muted text-xs hover:bg-raised hover:text-ink"
            >
              <ChevronDown aria-hidden className={all ? "size-3.5 rotate-180" : "size-3.5"} />
              {all ? "Show the newest connections only" : `Show ${counted(more, "older connection")} too`}
            </button>
          )}
        </>
      )}
    </Card>
  );
}
