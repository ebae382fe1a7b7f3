/** What a time chart draws. Every decision is taken by a prepare function; the drawing decides nothing. */
export type Tone = "good" | "bad" | "ink" | "accent" | "previous" | "rest" | Hue;

/** Colours that mean nothing but which series it is. */
export const HUES = [
  "hue-1",
  "hue-2",
  "hue-3",
  "hue-4",
  "hue-5",
  "hue-6",
  "hue-7",
  "hue-8",
  "hue-9",
  "hue-10",
] as const;
export type Hue = (typeof HUES)[number];

export interface ChartSeries {
  key: string;
  label: string;
  kind: "line" | "bar";
  tone: Tone;
}

export interface ChartPoint {
  atMs: number;
  /** null is a gap, 0 a measurement. */
  values: Record<string, number | null>;
}

export interface PreparedChart {
  title: string;
  /** The figure of the whole range. */
  value: string;
  /** What the period before has to say about it; null where it is not shown. */
  before: string | null;
  /** Meaning of the figure: whether it meets its target; null where there is none or no data. */
  tone: "good" | "bad" | null;
  points: ChartPoint[];
  series: ChartSeries[];
  /** Names the series under the drawing, where their colours do not say by themselves what they are. */
  legend?: true;
  bucketMs: number;
  yDomain: [number, number];
  /** Counts have no ticks between whole numbers. */
  wholeY: boolean;
  formatY: (value: number) => string;
  /** Points lie where their time is between these; without it one beside the other. */
  axis?: { fromMs: number; toMs: number };
  /** Moments that are marked by a line from top to bottom; `label` names their kind in the legend. */
  marks?: { atMs: number; tone: Tone; label: string }[];
  /** Why there is nothing to draw, and what to do; null where there is something. */
  empty: string | null;
}
