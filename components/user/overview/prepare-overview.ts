import { counted, duration, figure } from "@/client/format";
import type { CountedTimeline } from "@/client/timeline-parts";
import type { UserLanes } from "@/contracts/http";
import { prepareFaults } from "./prepare-faults";
import { prepareStacks, prepareThreads } from "./prepare-journeys";
import { prepareScale, type TimeScale } from "./prepare-scale";
import type { ConnectionLane, DensityBar, PreparedOverview } from "./prepared-overview";

/** Closed so, a connection ended as it should. */
const NORMAL_CLOSES = new Set([1000, 1001]);

export interface OverviewInput {
  user: string;
  /** The timeline in view, with its filters. */
  summary: CountedTimeline;
  lanes: UserLanes | undefined;
  fromMs: number;
  toMs: number;
  widthPx: number;
  shorten: boolean;
}

/** Everything that the overview draws, placed on one axis. */
export function prepareOverview(input: OverviewInput): PreparedOverview {
  const { user, summary, lanes, fromMs, toMs, widthPx, shorten } = input;
  const active = [
    ...summary.buckets.map(([n]) => bucketTimes(summary, n)),
    ...(lanes?.journeys ?? []).map(({ startedAt, untilAt }) => ({
      fromMs: Date.parse(startedAt),
      toMs: Date.parse(untilAt),
    })),
    ...(lanes?.missing ?? []).map(({ at }) => ({ fromMs: Date.parse(at), toMs: Date.parse(at) })),
  ].map((stretch) => ({ fromMs: Math.max(fromMs, stretch.fromMs), toMs: Math.min(toMs, stretch.toMs) }));
  const scale = prepareScale({ fromMs, toMs, active, widthPx, shorten });
  const stacked = lanes !== undefined && lanes.journeyBuckets !== null;
  return {
    scale,
    density: prepareDensity(summary, scale),
    faults: prepareFaults(user, summary, lanes, scale),
    connections: (lanes?.connections ?? []).map((connection) => prepareConnection(connection, summary, scale)),
    threads: lanes && !stacked ? prepareThreads(lanes.journeys, scale) : [],
    stacks: lanes?.journeyBuckets ? prepareStacks(lanes.journeyBuckets, scale) : null,
    omitted: lanes ? omittedWords(lanes, summary) : [],
  };
}

function bucketTimes({ firstAt, bucketMs }: CountedTimeline, n: number): { fromMs: number; toMs: number } {
  const fromMs = Date.parse(firstAt ?? "") + n * bucketMs;
  return { fromMs, toMs: fromMs + bucketMs };
}

/** Buckets as bars; those that fall on one pixel are one bar. */
function prepareDensity(summary: CountedTimeline, scale: TimeScale): DensityBar[] {
  const columns = new Map<number, { x: number; toX: number; events: number; errors: number }>();
  for (const [n, events, errors] of summary.buckets) {
    const { fromMs, toMs } = bucketTimes(summary, n);
    const [x, toX] = [scale.xOf(fromMs), scale.xOf(toMs)];
    const column = columns.get(Math.floor(x));
    if (!column) columns.set(Math.floor(x), { x, toX, events, errors });
    else Object.assign(column, { toX, events: column.events + events, errors: column.errors + errors });
  }
  const highest = Math.max(1, ...[...columns.values()].map(({ events }) => events));
  return [...columns.values()].map(({ x, toX, events, errors }) => ({
    x,
    width: Math.max(1, toX - x),
    events: events / highest,
    errors: errors / highest,
  }));
}

function prepareConnection(
  { connectionId, instance, openedAt, closedAt, closeCode }: UserLanes["connections"][number],
  summary: CountedTimeline,
  scale: TimeScale,
): ConnectionLane {
  const openedMs = openedAt === null ? scale.fromMs : Date.parse(openedAt);
  const closedMs = closedAt === null ? scale.toMs : Date.parse(closedAt);
  const index = summary.connections.findIndex(
    (known) => known.connectionId === connectionId && known.instance === instance,
  );
  const busy = summary.connectionBuckets
    .filter(([, connection]) => connection === index)
    .map(([n]) => bucketTimes(summary, n))
    .filter(({ fromMs, toMs }) => toMs >= openedMs && fromMs <= closedMs);
  const abnormal = closeCode === null || !NORMAL_CLOSES.has(closeCode);
  return {
    key: `${instance}/${connectionId}/${openedAt}`,
    label: connectionId,
    detail: [
      openedAt === null ? "opened before it was watched" : null,
      closedAt === null ? "open" : `closed ${closeCode === null ? "without a code" : `with ${closeCode}`}`,
      openedAt !== null && closedAt !== null ? `after ${duration(closedMs - openedMs)}` : null,
      instance ? `on ${instance}` : null,
    ]
      .filter((part) => part !== null)
      .join(", "),
    fromX: scale.xOf(openedMs),
    toX: Math.max(scale.xOf(closedMs), scale.xOf(openedMs) + 3),
    end: closedAt === null ? null : abnormal ? "abnormal" : "normal",
    openUnseen: openedAt === null,
    activity: busy.map(({ fromMs, toMs }) => stroke(scale.xOf(fromMs), scale.xOf(toMs))).join(""),
    connectionId,
  };
}

function stroke(x: number, toX: number): string {
  return `M${x.toFixed(1)} 0H${Math.max(toX, x + 1.5).toFixed(1)}`;
}

function omittedWords({ omitted }: UserLanes, summary: CountedTimeline): string[] {
  return [
    summary.coveredFrom !== null &&
      `the newest ${figure(summary.total)} events are shown; choose a shorter time to see older ones`,
    omitted.connections > 0 && `${counted(omitted.connections, "older connection")} left out`,
    omitted.journeys > 0 && `${counted(omitted.journeys, "journey")} drawn as figures only`,
    omitted.missing > 0 && `${counted(omitted.missing, "missing event")} left out`,
    omitted.leaks > 0 && `${counted(omitted.leaks, "leak")} left out`,
  ].filter((words) => words !== false);
}
