import type { JourneyLabel, SyntheticEvent } from "../types";

export interface DaysOptions {
  seed: number;
  /** How many events there are in all; at least 1,000. */
  events: number;
  days: number;
  /** The last moment; it ends at the minute before. */
  endMs: number;
  environment: string;
}

/** What can be known of the days before they are played. */
export interface DaysPlan {
  startMs: number;
  endMs: number;
  users: number;
  /** Whole numbers of events, over all time. */
  busyUser: { id: string; events: number };
  /** From here on one router loses answers. */
  onset: { atMs: number; service: string; router: string; version: string };
  leakAtMs: number;
}

/** What was reported in about a minute, in order of time, and the truth about the journeys that began in it. */
export interface Piece {
  events: SyntheticEvent[];
  labels: JourneyLabel[];
}
