"use client";
import { UserRoundSearch } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { figure } from "@/client/format";
import type { CountedTimeline } from "@/client/timeline-parts";
import { isFiltered, withoutFilters } from "@/client/timeline-view";
import { useTimelineSummary, useUser, useUserLanes } from "@/client/use-timeline";
import { useTimelinePlace, useTimelineView } from "@/client/use-timeline-view";
import type { UserLanes } from "@/contracts/http";
import { useJourneyHash } from "../journey/use-journey-hash";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { ExportMenu } from "./export-menu";
import { TimelineList } from "./list/timeline-list";
import { OverviewCard } from "./overview/overview-card";
import type { Fault } from "./overview/prepared-overview";
import { TimelineFilters } from "./timeline-filters";
import { UserHeader } from "./user-header";

/** One user in one environment: who it is, the overview on one axis, and every event. */
export function UserTimeline({ environment, id }: { environment: string; id: string }) {
  const { view, setView } = useTimelineView();
  const { setAt } = useTimelinePlace();
  const { openEvent } = useJourneyHash();
  const user = useUser(environment, id);
  const query = useTimelineSummary(environment, id, view);
  const unfiltered = useMemo(() => withoutFilters(view), [view]);
  const whole = useTimelineSummary(environment, id, unfiltered);
  const times = useMemo(() => whole.counted && timesOf(whole.counted.view, whole.counted.summary), [whole.counted]);
  const lanes = useUserLanes(environment, id, times ?? null);
  const leaked = useMemo(() => new Set(lanes.data?.leaks.flatMap(({ eventIds }) => eventIds)), [lanes.data]);
  const [listed, setListed] = useState<{ fromMs: number; toMs: number } | null>(null);
  const onListed = useCallback((next: typeof listed) => setListed(next), []);
  const summary = query.counted?.summary;

  function openFault(fault: Fault) {
    openEvent(fault.eventId);
    setAt(fault.at);
  }

  return (
    <>
      <UserHeader id={id} user={user.data ?? null} loading={user.isPending}>
        {summary && <ExportMenu environment={environment} user={id} view={view} total={summary.total} />}
      </UserHeader>
      <TimelineFilters view={view} facets={whole.counted?.summary.facets} onChange={setView} />
      {query.error && !summary && (
        <ErrorState error={query.error} title="The timeline could not be fetched" onRetry={() => query.refetch()} />
      )}
      {!summary && !query.error && (
        <>
          {query.soFar !== null && (
            <p role="status" className="text-[13px] text-muted tabular-nums">
              {figure(query.soFar)} events counted so far
            </p>
          )}
          <SkeletonRows rows={12} label="The timeline is being fetched" />
        </>
      )}
      {summary && summary.total === 0 && (
        <section aria-label="Events" className="rounded-lg border bg-surface">
          <Nothing
            id={id}
            narrowed={isFiltered(view) || view.from !== null || view.to !== null}
            onClear={() => setView(withoutFilters({ from: null, to: null }))}
          />
        </section>
      )}
      {query.counted && summary && summary.total > 0 && (
        <div aria-busy={query.isPlaceholderData} className="flex min-w-0 flex-col gap-4 aria-busy:opacity-60">
          {times && (
            <OverviewCard
              user={id}
              summary={summary}
              lanes={lanes.data}
              times={drawnTimes(times, view.to, lanes.data)}
              zoomed={view.from !== null || view.to !== null}
              listed={listed}
              onSelect={setView}
              onPick={setAt}
              onOpenFault={openFault}
            />
          )}
          <TimelineList
            part={{ environment, user: id, view: query.counted.view, summary }}
            leaked={leaked}
            onListed={onListed}
          />
        </div>
      )}
    </>
  );
}

/** The stretch that lanes are asked for: what was chosen, else from the first event to the last. */
function timesOf(
  { from, to }: { from: string | null; to: string | null },
  { coveredFrom, firstAt, lastAt }: CountedTimeline,
): { from: string; to: string } | null {
  const begin = coveredFrom ?? from ?? firstAt;
  const end = to ?? (lastAt && new Date(Date.parse(lastAt) + 1).toISOString());
  return begin && end && begin < end ? { from: begin, to: end } : null;
}

/** Where no end was chosen, what was owed and never came lies behind the last event. */
function drawnTimes(times: { from: string; to: string }, chosenTo: string | null, lanes: UserLanes | undefined) {
  const owed = chosenTo === null ? (lanes?.missing ?? []).map(({ at }) => at) : [];
  return { from: times.from, to: [times.to, ...owed].sort().at(-1) ?? times.to };
}

function Nothing({ id, narrowed, onClear }: { id: string; narrowed: boolean; onClear: () => void }) {
  if (narrowed)
    return (
      <EmptyState icon={UserRoundSearch} title="No event matches">
        <Button className="mt-2" onClick={onClear}>
          Show the whole timeline
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={UserRoundSearch} title={`Nothing is known of ${id}`}>
      No event in this environment claims this user, and no connection authenticated them, or it is older than what is
      kept.
    </EmptyState>
  );
}
