/** What the swim-lane timeline draws; the drawing decides nothing. */
export type LaneKind = "user" | "connection" | "router" | "agent" | "tool" | "store" | "other";

export interface Lane {
  id: string;
  kind: LaneKind;
  label: string;
  /** Second line, such as the user of a connection. */
  sub: string | null;
}

export interface Mark {
  /** Unique within the timeline. */
  key: string;
  laneId: string;
  atMs: number;
  x: number;
  /** The event behind it; null for something expected that never came. */
  eventId: string | null;
  stage: string;
  title: string;
  /** Sentence for detail and table. */
  detail: string;
  state: "ok" | "warn" | "bad" | "missing";
}

/** A message going from one lane to another. */
export interface Link {
  key: string;
  fromX: number;
  fromLane: string;
  toX: number;
  toLane: string;
  state: "ok" | "bad" | "missing";
}

/** Where a message passed without an event of its own: the router that sent it, the user whom it reached. */
export interface Dot {
  key: string;
  laneId: string;
  x: number;
  state: "ok" | "bad";
}

export interface Tick {
  x: number;
  label: string;
}

/** A stretch in which nothing happened, drawn shorter than it was. */
export interface Gap {
  fromX: number;
  toX: number;
  label: string;
}

export interface PreparedTimeline {
  lanes: Lane[];
  /** In order of time. */
  marks: Mark[];
  links: Link[];
  dots: Dot[];
  ticks: Tick[];
  gaps: Gap[];
  width: number;
  /** "Showing 120 of 3,400 events", null when all are drawn. */
  bound: string | null;
}
