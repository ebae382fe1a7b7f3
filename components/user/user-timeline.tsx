"use client";
import { UserRoundSearch } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { isFiltered, withoutFilters } from "@/client/timeline-view";
import { useTimelineSummary, useUser, useUserLanes } from "@/client/use-timeline";
import { useTimelinePlace, useTimelineView } from "@/client/use-timeline-view";
import type { TimelineSummary, UserLanes } from "@/contracts/http";
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
  const times = useMemo(() => whole.data && timesOf(whole.data.view, whole.data.summary), [whole.data]);
  const lanes = useUserLanes(environment, id, times ?? null);
  const leaked = useMemo(() => new Set(lanes.data?.leaks.flatMap(({ eventIds }) => eventIds)), [lanes.data]);
  const [listed, setListed] = useState<{ fromMs: number; toMs: number } | null>(null);
  const onListed = useCallback((next: typeof listed) => setListed(next), []);
  const summary = query.data?.summary;

  function openFault(fault: Fault) {
    openEvent(fault.eventId);
    setAt(fault.at);
  }

  return (
    <>
      <UserHeader id={id} user={user.data ?? null} loading={user.isPending}>
        {summary && <ExportMenu environment={environment} user={id} view={view} total={summary.total} />}
      </UserHeader>
      <TimelineFilters view={view} facets={whole.data?.summary.facets} onChange={setView} />
      {query.error && !summary && (
        <ErrorState error={query.error} title="The timeline could not be fetched" onRetry={() => query.refetch()} />
      )}
      {!summary && !query.error && <SkeletonRows rows={12} label="The timeline is being fetched" />}
      {summary && summary.total === 0 && (
        <section aria-label="Events" className="rounded-lg border bg-surface">
          <Nothing
            id={id}
            narrowed={isFiltered(view) || view.from !== null || view.to !== null}
            onClear={() => setView(withoutFilters({ from: null, to: null }))}
          />
        </section>
      )}
      {query.data && summary && summary.total > 0 && (
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
            part={{ environment, user: id, view: query.data.view, summary }}
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
  { coveredFrom, firstAt, lastAt }: TimelineSummary,
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
