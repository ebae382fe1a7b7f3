/**
 * Days of a chat system as its routers would have reported them: users who come and go, four routers whose releases
 * change, two or three journeys in a hundred that break. The same options give the same events, `endMs` included.
 * Made minute by minute: what is held at once does not grow with the number of events.
 */
import { createPrng } from "../prng";
import type { JourneyLabel, SyntheticEvent } from "../types";
import { componentStates } from "./component-states";
import { course } from "./mix";
import { planDays } from "./plan-days";
import type { DaysOptions, Piece } from "./types";
import { createVisitors } from "./visitors";
import { cumulativeVolume } from "./volume";

const MINUTE_MS = 60_000;
/** Nothing new begins in the last minutes, so that everything ends in time. */
const QUIET_MINUTES = 3;
/** Events that are kept for the end, to reach the number exactly. */
const RESERVE = 200;
const LEAK_AFTER_MS = 20_000;

export function* playDays(options: DaysOptions): Generator<Piece> {
  const plan = planDays(options);
  const prng = createPrng(options.seed);
  const states = componentStates(prng, options, plan);
  const visitors = createVisitors(prng, options, plan);
  const volume = cumulativeVolume(plan.startMs, plan.endMs);
  const lastBusyMinute = volume.length - QUIET_MINUTES - 1;
  let waiting: SyntheticEvent[] = [];
  let labels: JourneyLabel[] = [];
  let made = 0;
  let yielded = 0;

  const take = (told: { events: SyntheticEvent[]; label?: JourneyLabel | null }) => {
    waiting.push(...told.events);
    made += told.events.length;
    if (told.label) labels.push(told.label);
  };
  /** Everything that happened before `untilMs`, in order. */
  const cut = (untilMs: number): Piece => {
    const until = new Date(untilMs).toISOString();
    const events = waiting.filter((event) => event.time < until).sort(byTime);
    waiting = waiting.filter((event) => event.time >= until);
    const piece = { events: events.slice(0, options.events - yielded), labels };
    yielded += piece.events.length;
    labels = [];
    return piece;
  };

  for (let minute = 0; minute <= lastBusyMinute; minute++) {
    const fromMs = plan.startMs + minute * MINUTE_MS;
    const toMs = fromMs + MINUTE_MS;
    const share = (volume[minute] ?? 1) / (volume[lastBusyMinute] ?? 1);
    const wanted = (options.events - RESERVE) * share;
    const until = new Date(toMs).toISOString();
    while (states[0] && states[0].time < until) take({ events: states.splice(0, 1) });
    if (plan.leakAtMs >= fromMs && plan.leakAtMs < toMs) {
      const other = visitors.arrive(plan.leakAtMs);
      take(other.step(course("healthy")));
      other.nextMs = plan.leakAtMs + 3 * MINUTE_MS;
      const [connection] = other.openConnections;
      const owner = visitors.arrive(plan.leakAtMs + LEAK_AFTER_MS);
      if (connection) take(owner.step(course("copyToAnotherUser"), [{ user: other.setting.user, connection }]));
    }
    for (const told of visitors.busyUntil(share, fromMs, toMs)) take(told);
    for (const visit of visitors.due(toMs)) {
      if (visit.isLeaving || made < wanted) take(visit.step());
      else visit.nextMs = toMs + prng.int(0, 30_000);
    }
    while (made < wanted) take(visitors.arrive(fromMs + prng.int(0, MINUTE_MS - 1)).step());
    yield cut(fromMs);
  }
  const quietFromMs = plan.endMs - (QUIET_MINUTES - 1) * MINUTE_MS;
  take({ events: visitors.pings(options.events - made, quietFromMs, plan.endMs) });
  yield cut(plan.endMs + MINUTE_MS);
}

function byTime(a: SyntheticEvent, b: SyntheticEvent): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}
