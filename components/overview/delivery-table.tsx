import { PackageOpen } from "lucide-react";
import { figure, percent } from "@/client/format";
import type { Overview } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { ObjectivesLink } from "./objectives-link";
import { type DeliveryRow, prepareDelivery } from "./prepare-delivery";
import { ShareBar } from "./share-bar";

const COLUMNS: Column<DeliveryRow>[] = [
  { head: "Type", cell: (row) => <span className="whitespace-nowrap font-mono text-[12.5px]">{row.type}</span> },
  { head: "Emitted", figures: true, cell: (row) => figure(row.emitted) },
  { head: "Delivered", figures: true, cell: (row) => figure(row.delivered) },
  { head: "Acknowledged", figures: true, roomy: true, cell: (row) => figure(row.acked) },
  {
    head: "Share delivered",
    cell: (row) => (
      <span className="flex items-center gap-3">
        <span className={cn("w-16 shrink-0 text-right font-medium", row.tone === "bad" && "text-bad")}>
          {percent(row.ratio)}
        </span>
        <ShareBar share={row.ratio ?? 0} tone={row.tone} />
      </span>
    ),
    className: "sm:w-2/5",
  },
];

/** How many of the messages made for a user reached one of the user's connections. */
export function DeliveryTable({ delivery }: { delivery: Overview["delivery"] }) {
  const rows = prepareDelivery(delivery);
  return (
    <Card
      title="Delivery by type"
      hint="handed to a connection of its user"
      actions={<ObjectivesLink>objectives</ObjectivesLink>}
      flush
    >
      {rows.length === 0 ? (
        <EmptyState icon={PackageOpen} title="No message was made for a user in this time">
          Choose a longer time.
        </EmptyState>
      ) : (
        <Table caption="Delivery by type" columns={COLUMNS} rows={rows} rowKey={(row) => row.type} />
      )}
    </Card>
  );
}
