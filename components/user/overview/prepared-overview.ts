/** What the overview of a user's timeline draws; the drawing decides nothing. */
import type { TimeScale } from "./prepare-scale";

export interface DensityBar {
  x: number;
  width: number;
  /** Shares of the highest bar. */
  events: number;
  errors: number;
}

export interface ConnectionLane {
  key: string;
  label: string;
  /** What is said of it in words. */
  detail: string;
  fromX: number;
  toX: number;
  /** null = still open. */
  end: "normal" | "abnormal" | null;
  openUnseen: boolean;
  /** Where events happened on it, as one SVG path. */
  activity: string;
  connectionId: string;
}

export interface JourneyBar {
  key: string;
  x: number;
  width: number;
  /** Row within its lane, from 0. */
  row: number;
  status: string;
  journeyId: string;
  title: string;
}

export interface JourneyLane {
  key: string;
  label: string;
  /** Whether the label is a thread's id. */
  isThread: boolean;
  rows: number;
  bars: JourneyBar[];
}

/** Several journeys that began in one stretch, where there are too many for bars of their own. */
export interface StatusStack {
  x: number;
  width: number;
  /** From the bottom: status and share of the highest stack. */
  parts: { status: string; share: number }[];
}

export type FaultKind = "leak" | "missing" | "error";

/** What went wrong at one place; several that lie too close are one. */
export interface Fault {
  key: string;
  x: number;
  kind: FaultKind;
  count: number;
  title: string;
  detail: string;
  at: string;
  eventId: string | null;
  journeyId: string | null;
}

export interface PreparedOverview {
  scale: TimeScale;
  density: DensityBar[];
  faults: Fault[];
  connections: ConnectionLane[];
  threads: JourneyLane[];
  /** In place of `threads`, where not every journey is listed. */
  stacks: StatusStack[] | null;
  /** What is left out, in words. */
  omitted: string[];
}
