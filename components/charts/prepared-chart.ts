/** What a time chart draws. Every decision is taken by a prepare function; the drawing decides nothing. */
export type Tone = "good" | "bad" | "ink" | "accent" | "previous";

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
  bucketMs: number;
  yDomain: [number, number];
  /** Counts have no ticks between whole numbers. */
  wholeY: boolean;
  formatY: (value: number) => string;
  /** Why there is nothing to draw, and what to do; null where there is something. */
  empty: string | null;
}
