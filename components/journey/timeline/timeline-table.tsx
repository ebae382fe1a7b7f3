"use client";
import { duration } from "@/client/format";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { ZonedText } from "../../ui/zoned-text";
import type { Mark, PreparedTimeline } from "./prepared-timeline";

const STATE_WORDS: Record<Mark["state"], string> = {
  ok: "observed",
  warn: "warning",
  bad: "at fault",
  missing: "never came",
};

/** The timeline as a table. */
export function TimelineTable({ timeline }: { timeline: PreparedTimeline }) {
  const start = timeline.marks[0]?.atMs ?? 0;
  const lanes = new Map(timeline.lanes.map((lane) => [lane.id, lane.label]));
  const columns: Column<Mark>[] = [
    { head: "Time", cell: (mark) => <Time at={new Date(mark.atMs).toISOString()} as="clockWithMs" /> },
    { head: "After", figures: true, cell: (mark) => `+${duration(mark.atMs - start)}`, className: "whitespace-nowrap" },
    { head: "Where", cell: (mark) => lanes.get(mark.laneId) },
    { head: "What", cell: (mark) => mark.title },
    { head: "Is", cell: (mark) => STATE_WORDS[mark.state] },
    { head: "Detail", cell: (mark) => <ZonedText text={mark.detail} near={new Date(mark.atMs).toISOString()} /> },
  ];
  return <Table caption="Timeline" columns={columns} rows={timeline.marks} rowKey={(mark) => mark.key} />;
}
