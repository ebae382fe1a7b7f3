"use client";
import { size } from "@/client/bytes";
import { figure } from "@/client/format";
import type { RetentionView } from "@/contracts/settings";
import { Card } from "../../ui/card";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";

type Dropped = RetentionView["dropped"][number];

const COLUMNS: Column<Dropped>[] = [
  { head: "Day (UTC)", cell: (row) => <span className="whitespace-nowrap">{row.day}</span> },
  { head: "Events", figures: true, cell: (row) => figure(row.events) },
  { head: "Size", figures: true, cell: (row) => size(row.bytes) },
  { head: "Why", cell: (row) => (row.reason === "age" ? "too old" : "no room") },
  { head: "Dropped", cell: (row) => <Time at={row.droppedAt} /> },
];

/** Days that went, the newest first; nothing is shown as long as none did. */
export function DroppedDays({ dropped }: { dropped: Dropped[] }) {
  if (dropped.length === 0) return null;
  return (
    <Card title="Dropped" hint="The newest 30" flush>
      <Table caption="Dropped days" columns={COLUMNS} rows={dropped} rowKey={(row) => row.day} />
    </Card>
  );
}
