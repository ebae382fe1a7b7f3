/** Which course a journey takes: most are as they should be, and each fault has its own small share. */
import { AGENT_FAULTS } from "../faults/agent";
import { CONNECTION_FAULTS } from "../faults/connection";
import { DELIVERY_FAULTS } from "../faults/delivery";
import { IDENTITY_ODDITIES } from "../faults/identity";
import { INBOUND_FAULTS } from "../faults/inbound";
import { LEAKS } from "../faults/leak";
import type { Prng } from "../prng";
import type { Script } from "../script";
import type { Expectation } from "../types";

export interface Course {
  name: string;
  play(script: Script): Expectation;
}

const PLAYS = {
  ...INBOUND_FAULTS,
  ...AGENT_FAULTS,
  ...DELIVERY_FAULTS,
  ...CONNECTION_FAULTS,
  ...IDENTITY_ODDITIES,
  copyToAnotherUser: LEAKS.copyToAnotherUser,
};
export type CourseName = keyof typeof PLAYS;

/** Of 1,000 journeys, how many take this course and break. About 18. */
const FAILING: Partial<Record<CourseName, number>> = {
  answerNeverSent: 2.5,
  stalled: 2,
  notRouted: 1.8,
  agentNotStarted: 1.8,
  completedWithError: 1.6,
  stalledInTool: 1.5,
  answerDropped: 1.3,
  sentToNobody: 1.2,
  routedWithErrorsOnly: 1,
  lineLost: 1,
  toolUnfinished: 0.8,
  lostAfterTheReturn: 0.6,
  twoRuns: 0.5,
  neverStarted: 0.4,
};

/** Of 1,000 journeys, how many take this course and arrive all the same, or end because the user wants it. */
const UNUSUAL: Partial<Record<CourseName, number>> = {
  severalRequests: 30,
  slow: 9,
  toolFailed: 8,
  left: 6,
  runNobodyAskedFor: 6,
  stopped: 5,
  noProgress: 4,
  oneTabOfTwoCloses: 4,
  backInTime: 4,
  refusedAtFirst: 3,
  deliveredAfterTheReturn: 2,
  sentTwice: 2,
  answerOvertakesThought: 1.5,
  droppedThenSent: 1,
  startedAfterRetry: 1,
};

/** Courses that leave the user's connections alone. */
const ON_STEADY_CONNECTIONS: readonly CourseName[] = [
  ...(["severalRequests", "slow", "toolFailed", "noProgress", "sentTwice", "droppedThenSent"] as const),
  ...(["answerNeverSent", "stalled", "stalledInTool", "notRouted", "agentNotStarted", "completedWithError"] as const),
];

export const FAILING_COURSES: ReadonlySet<string> = new Set(Object.keys(FAILING));

export function course(name: CourseName): Course {
  return { name, play: PLAYS[name] };
}

/** The course of the next journey; `mayReconnect` = connections may come and go in it. */
export function drawCourse(prng: Prng, mayReconnect: boolean): Course {
  let rest = prng.next() * 1_000;
  for (const [name, share] of Object.entries({ ...FAILING, ...UNUSUAL }) as [CourseName, number][]) {
    rest -= share;
    if (rest < 0) return course(mayReconnect || ON_STEADY_CONNECTIONS.includes(name) ? name : "healthy");
  }
  return course("healthy");
}
