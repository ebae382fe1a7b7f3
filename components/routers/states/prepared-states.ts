/** What the states of components draw, on one axis; the drawing decides nothing. */
export type StateTone = "good" | "warn" | "bad" | "plain" | "unknown";

/** One state from its report until the next. */
export interface Band {
  key: string;
  /** null = nothing is known of this stretch. */
  state: string | null;
  tone: StateTone;
  /** Within the range. */
  fromMs: number;
  toMs: number;
  /** When it was reported, also where that was before the range; null for what is unknown. */
  reportedAt: string | null;
  /** Whether it held when the range began. */
  fromBefore: boolean;
  /** Whether it was the last reported when the range ended: it may last. */
  lasts: boolean;
  /** All of it in words, without times. */
  title: string;
}

export interface Lane {
  key: string;
  component: string;
  /** Service and instance, as far as they are reported. */
  where: string;
  router: string | null;
  bands: Band[];
  /** The state in which the range ends. */
  last: { state: string; tone: StateTone };
  lastReportAt: string;
}

export interface PreparedStates {
  fromMs: number;
  toMs: number;
  /** Those in trouble first. */
  lanes: Lane[];
  /** Stretches in which a source could not be heard. */
  unheard: { fromMs: number; toMs: number; from: string; to: string }[];
  /** Components there are. */
  total: number;
  /** Of the listed ones, how many end the range in a bad state, and how many in one that is not good. */
  bad: number;
  degraded: number;
  /** What is left out, in words; null where nothing is. */
  omitted: string | null;
}
