"use client";
import { duration, figure, NO_DATA, outOf } from "@/client/format";
import type { SourceList } from "@/contracts/http";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Outage = SourceList["items"][number]["outages"][number];

const COLUMNS: Column<Outage>[] = [
  { head: "Not heard", cell: (outage) => (outage.kind === "gap" ? "gap in the stream" : "disconnected") },
  { head: "From", cell: (outage) => <Time at={outage.from} /> },
  { head: "To", cell: (outage) => (outage.to ? <Time at={outage.to} /> : "still going on") },
  {
    head: "For",
    figures: true,
    cell: (outage) => (outage.to ? duration(Date.parse(outage.to) - Date.parse(outage.from)) : NO_DATA),
  },
  { head: "Events lost", figures: true, cell: (outage) => (outage.lost === null ? "unknown" : figure(outage.lost)) },
];

/** When a source could not be heard: journeys of that time are judged unobserved, never failed by silence. */
export function Outages({ outages, omitted }: { outages: Outage[]; omitted: number }) {
  if (outages.length === 0) return null;
  return (
    <div className="border-t">
      <Table
        caption="When this source could not be heard"
        columns={COLUMNS}
        rows={outages}
        rowKey={(outage) => `${outage.kind} ${outage.from}`}
      />
      {omitted > 0 && (
        <p className="border-t px-4 py-2 text-faint text-xs">the newest {outOf(outages.length, omitted)}</p>
      )}
    </div>
  );
}
