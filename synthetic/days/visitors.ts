/** Who is there: users with one visit at a time, and one user with several at once. */
import type { Prng } from "../prng";
import type { SyntheticEvent } from "../types";
import { pickService, SERVICES, type Service, versionAt } from "./fleet";
import { userId } from "./plan-days";
import type { DaysOptions, DaysPlan } from "./types";
import { type Told, Visit } from "./visit";

/** A user comes back this long after the last visit at the earliest, later than every deadline of it. */
const AWAY_MS = 120_000;
const BUSY_JOURNEYS = 40;
const JOURNEYS_A_VISIT = 5;

export type Visitors = ReturnType<typeof createVisitors>;

export function createVisitors(prng: Prng, options: DaysOptions, plan: DaysPlan) {
  const { seed, environment } = options;
  const counts = new Map<string, number>();
  const visits: Visit[] = [];
  const busy: Visit[] = [];
  /** When a user may come again; there now = never. */
  const awayUntilMs = new Map<string, number>();
  let busyEvents = 0;

  const next = (name: string): number => {
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return number;
  };

  const visit = (user: string, service: Service, startMs: number, journeys: number, alone: boolean): Visit =>
    new Visit({
      prng,
      user,
      alone,
      service,
      instance: prng.pick(service.instances),
      environment,
      journeys,
      startMs,
      nextPrefix: () => `${seed}-${scramble(next("journey"))}-`,
      nextInbound: () => next(`inbound of ${user}`),
      nextConnection: () =>
        service.style.inboundIds === "per_user"
          ? String(next(`connection of ${service.name}`))
          : `${seed}-${scramble(next("connection"))}-socket`,
      versionAt: (timeMs) => versionAt(service, (timeMs - plan.startMs) / (plan.endMs - plan.startMs)),
    });

  /** Some users come far more often than others. */
  const absentUser = (atMs: number): string => {
    const first = 1 + Math.floor(plan.users * prng.next() ** 2);
    for (let offset = 0; ; offset++) {
      const number = first + offset;
      const user = userId(seed, number > plan.users && offset < plan.users ? number - plan.users : number);
      if ((awayUntilMs.get(user) ?? 0) <= atMs) return user;
    }
  };

  return {
    /** A user who was not there comes; the caller lets the visit go on. */
    arrive(atMs: number): Visit {
      const user = absentUser(atMs);
      awayUntilMs.set(user, Number.POSITIVE_INFINITY);
      const journeys = 2 + Math.floor(-JOURNEYS_A_VISIT * Math.log(1 - prng.next()));
      const arrived = visit(user, pickService(prng), atMs, journeys, true);
      visits.push(arrived);
      return arrived;
    },

    /** Visits in which something is to happen before `untilMs`, in order; those that are over are let go. */
    due(untilMs: number): Visit[] {
      for (let index = visits.length - 1; index >= 0; index--) {
        const ended = visits[index];
        if (!ended?.over) continue;
        awayUntilMs.set(ended.setting.user, ended.nextMs + AWAY_MS);
        visits.splice(index, 1);
      }
      return visits.filter(({ nextMs }) => nextMs < untilMs).sort((a, b) => a.nextMs - b.nextMs);
    },

    /** What the busy user does until their events are this share of all of theirs. */
    *busyUntil(share: number, fromMs: number, toMs: number): Generator<Told> {
      while (busyEvents < plan.busyUser.events * share) {
        let [first] = busy.filter(({ nextMs }) => nextMs < toMs).sort((a, b) => a.nextMs - b.nextMs);
        if (!first) {
          const service = SERVICES[busy.length % 2] ?? SERVICES[0];
          first = visit(plan.busyUser.id, service, fromMs, BUSY_JOURNEYS, false);
          busy.push(first);
        }
        first.nextMs = Math.max(first.nextMs, fromMs + prng.int(0, toMs - fromMs - 1));
        const told = first.step();
        if (first.over) busy.splice(busy.indexOf(first), 1);
        busyEvents += told.events.filter(({ userId, connectionId }) => userId ?? connectionId).length;
        yield told;
      }
    },

    /** `count` pings from tabs that are open, evenly from `fromMs` to `toMs`. */
    pings(count: number, fromMs: number, toMs: number): SyntheticEvent[] {
      const tabs = [...busy, ...visits].flatMap(({ openConnections, setting }) =>
        openConnections.map(({ id, instance }) => ({
          user: setting.user,
          service: setting.service.name,
          id,
          instance,
        })),
      );
      return Array.from({ length: tabs.length === 0 ? 0 : Math.max(0, count) }, (_, index): SyntheticEvent => {
        const { user, service, id, instance } = prng.pick(tabs);
        return {
          id: `${seed}-ping-${index + 1}`,
          time: new Date(fromMs + Math.floor(((toMs - fromMs) * index) / count)).toISOString(),
          environment,
          stage: "received",
          type: "ping",
          userId: user,
          connectionId: id,
          service,
          ...(instance === undefined ? {} : { instance }),
        };
      });
    },
  };
}

/** Distinct for distinct numbers below 2³², and in no order, as ids are. */
function scramble(number: number): string {
  return (Math.imul(number, 0x9e3779b1) >>> 0).toString(36).padStart(7, "0");
}
