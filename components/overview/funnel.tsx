import { Filter } from "lucide-react";
import { figure, percent } from "@/client/format";
import { stepTitle } from "@/client/words";
import type { Overview } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { type FunnelRow, prepareFunnel } from "./prepare-funnel";
import { ShareBar } from "./share-bar";

const COLUMNS: Column<FunnelRow>[] = [
  { head: "Step", cell: (row) => <span className="whitespace-nowrap">{stepTitle(row.step)}</span> },
  { head: "Journeys", figures: true, cell: (row) => figure(row.count) },
  {
    head: "Of the widest step",
    cell: (row) => (
      <span className="flex items-center gap-3">
        <span className="w-16 shrink-0 text-right">{percent(row.share, 1)}</span>
        <ShareBar share={row.share ?? 0} />
      </span>
    ),
    className: "w-3/5",
  },
];

/** How far journeys got. Thinking and tools are not owed by every journey. */
export function Funnel({ funnel }: { funnel: Overview["funnel"] }) {
  const rows = prepareFunnel(funnel);
  return (
    <Card title="How far journeys got" hint="not every run owes thinking or a tool" flush>
      {rows.length === 0 ? (
        <EmptyState icon={Filter} title="No journey started in this time">
          Choose a longer time.
        </EmptyState>
      ) : (
        <Table caption="How far journeys got" columns={COLUMNS} rows={rows} rowKey={(row) => row.step} />
      )}
    </Card>
  );
}
