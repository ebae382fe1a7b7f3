"use client";
import type { JourneyDetail } from "@/contracts/http";
import { Card } from "../ui/card";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";
import { compareFacts, type FactRow } from "./prepare-facts";

/** What each of two journeys is. */
export function CompareFacts({ left, right }: { left: JourneyDetail; right: JourneyDetail }) {
  const cell = (side: "left" | "right") => (row: FactRow) => (
    <span className={row.differs ? "rounded bg-warn-soft px-1 ring-1 ring-warn-fill/50" : undefined}>
      <WrappedName>{row[side]}</WrappedName>
      {row.differs && <span className="sr-only"> (differs)</span>}
    </span>
  );
  const columns: Column<FactRow>[] = [
    {
      head: "What",
      headHidden: true,
      cell: (row) => <span className="text-faint">{row.name}</span>,
      className: "whitespace-nowrap",
    },
    { head: "Left", cell: cell("left") },
    { head: "Right", cell: cell("right") },
  ];
  return (
    <Card title="What they are" flush>
      <Table caption="What they are" columns={columns} rows={compareFacts(left, right)} rowKey={(row) => row.name} />
    </Card>
  );
}
