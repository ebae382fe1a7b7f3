"use client";
import { roughly, size } from "@/client/bytes";
import { figure, NO_DATA } from "@/client/format";
import type { RetentionDryRun, RetentionView } from "@/contracts/settings";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { type Column, Table } from "../../ui/table";

type Day = RetentionView["days"][number];

interface Props {
  view: RetentionView;
  /** What the change that is being typed would drop. */
  plan: RetentionDryRun | null;
}

/** What is stored, day by day; the days that a change would drop are marked. */
export function StoredDays({ view, plan }: Props) {
  const largest = Math.max(1, ...view.days.map(({ bytes }) => bytes));
  const goes = ({ day }: Day) => plan?.newest != null && day <= plan.newest;
  const columns: Column<Day>[] = [
    { head: "Day (UTC)", cell: (row) => <span className="whitespace-nowrap">{row.day}</span> },
    {
      head: "Size",
      cell: (row) => (
        <div className="flex items-center gap-3">
          <span aria-hidden className="block h-2.5 w-24 rounded-sm bg-raised sm:w-80">
            <span
              className={cn("block h-full rounded-sm", goes(row) ? "bg-bad-fill" : "bg-accent")}
              style={{ width: `${Math.max(1, (row.bytes / largest) * 100)}%` }}
            />
          </span>
          <span className="w-16 shrink-0 text-right">{size(row.bytes)}</span>
        </div>
      ),
    },
    {
      head: "Events",
      figures: true,
      cell: (row) =>
        row.events === null ? (
          NO_DATA
        ) : (
          <span className="whitespace-nowrap" title="as the database estimates it">
            ~{roughly(row.events)}
          </span>
        ),
    },
    {
      head: "Fate",
      headHidden: true,
      className: "w-full",
      cell: (row) => <span className="whitespace-nowrap text-bad text-xs">{goes(row) ? "would go" : ""}</span>,
    },
  ];
  return (
    <Card
      title="Stored now"
      hint={`${size(view.telemetryBytes)} telemetry and ${size(view.otherBytes)} verdicts, counters and the rest, of ${size(view.maxDiskBytes.value)}`}
      flush
    >
      <Table caption="Telemetry by day" columns={columns} rows={view.days} rowKey={(row) => row.day} />
      {view.daysOmitted > 0 && (
        <p className="border-t px-4 py-2 text-faint text-xs">{figure(view.daysOmitted)} older days not shown</p>
      )}
    </Card>
  );
}
