import { MessageSquareOff } from "lucide-react";
import { figure, outOf } from "@/client/format";
import type { RouterDetail } from "@/contracts/http";
import { ErrorCodes } from "../routers/error-codes";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";

type Inbound = RouterDetail["inbound"]["items"][number];

const COLUMNS: Column<Inbound>[] = [
  {
    head: "Message type",
    cell: ({ type }) => <WrappedName className="font-medium font-mono text-[12.5px]">{type}</WrappedName>,
  },
  { head: "Routed", figures: true, cell: ({ routed }) => figure(routed) },
  {
    head: "Errors",
    figures: true,
    cell: ({ errors }) => <span className={cn(errors > 0 && "font-medium text-bad")}>{figure(errors)}</span>,
  },
  { head: "Errors by code", cell: ({ errorCodes }) => <ErrorCodes codes={errorCodes} /> },
];

/** Pings, typing notices and the like, as far as this router is known to have taken or refused them. */
export function InboundOfRouter({ inbound: { items, omitted } }: { inbound: RouterDetail["inbound"] }) {
  return (
    <Card
      title="Messages that are no requests"
      hint={omitted > 0 ? `${outOf(items.length, omitted)} types` : undefined}
      flush
    >
      {items.length === 0 ? (
        <EmptyState icon={MessageSquareOff} title="It took none in this time" />
      ) : (
        <Table caption="Messages that are no requests" columns={COLUMNS} rows={items} rowKey={({ type }) => type} />
      )}
    </Card>
  );
}
