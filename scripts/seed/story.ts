/** What is worth looking at in made-up days, and where the pages show it. */
import type { DaysPlan, Piece } from "@/synthetic/days/types";
import type { JourneyLabel } from "@/synthetic/types";

const HOUR_MS = 3_600_000;

export interface Found {
  label: JourneyLabel;
  /** About when it began, within a minute or two. */
  atMs: number;
}

export type Story = ReturnType<typeof createStory>;

export function createStory(plan: DaysPlan) {
  const statuses = new Map<string, number>();
  let journeys = 0;
  let leak: Found | null = null;
  let lostAnswer: Found | null = null;
  let atMs = plan.startMs;

  return {
    plan,
    /** The journey whose answer reached somebody else. */
    leak: () => leak,
    /** A journey that the faulty release failed, of an ordinary user. */
    lostAnswer: () => lostAnswer,
    journeys: () => journeys,
    status: (status: JourneyLabel["status"]) => statuses.get(status) ?? 0,

    add({ events, labels }: Piece): void {
      const last = events.at(-1);
      // A piece may hold the label of a journey whose events come with the next one.
      if (last) atMs = Date.parse(last.time);
      journeys += labels.length;
      for (const label of labels) {
        statuses.set(label.status, (statuses.get(label.status) ?? 0) + 1);
        if (label.leakedTo.length > 0) leak ??= { label, atMs: plan.leakAtMs };
        const isOrdinary = label.owner !== plan.busyUser.id && label.fault === "answerNeverSent";
        if (isOrdinary && atMs > plan.onset.atMs + HOUR_MS) lostAnswer ??= { label, atMs };
      }
    },

    /** Addresses of pages, each with what it shows. */
    links(url: string, environment: string): { shows: string; href: string }[] {
      const link = (shows: string, path: string, query: Record<string, string> = {}) => ({
        shows,
        href: `${url}${path}?${new URLSearchParams({ environment, ...query })}`,
      });
      const around = (atMs: number, hours: number) => ({
        from: new Date(atMs - hours * HOUR_MS).toISOString(),
        to: new Date(Math.min(plan.endMs, atMs + hours * HOUR_MS)).toISOString(),
      });
      const { onset, busyUser } = plan;
      const journey = ({ label }: Found) => `/journeys/${encodeURIComponent(label.id)}`;
      const user = (id: string) => `/users/${encodeURIComponent(id)}`;
      return [
        link(`${onset.router} ${onset.version} begins to lose answers`, "/", around(onset.atMs, 12)),
        ...(lostAnswer ? [link("an answer that it lost", journey(lostAnswer))] : []),
        ...(lostAnswer?.label.owner
          ? [link("what its user saw", user(lostAnswer.label.owner), around(lostAnswer.atMs, 1))]
          : []),
        ...(leak ? [link("the answer that reached another user", journey(leak))] : []),
        link("the incident that it is", "/incidents"),
        link(`a user with ${busyUser.events.toLocaleString("en-US")} events`, user(busyUser.id)),
      ];
    },
  };
}
