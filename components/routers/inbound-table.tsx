"use client";
import { MessageSquareOff } from "lucide-react";
import { figure, outOf } from "@/client/format";
import { useRoutersView } from "@/client/use-routers-view";
import type { InboundRow, RouterList } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";
import { ErrorCodes } from "./error-codes";
import { holds } from "./prepare-routers";
import { RouterLink } from "./router-link";

const COLUMNS: Column<InboundRow>[] = [
  {
    head: "Message type",
    cell: ({ type }) => <WrappedName className="font-medium font-mono text-[12.5px]">{type}</WrappedName>,
  },
  { head: "Received", figures: true, cell: ({ received }) => figure(received) },
  { head: "Routed", figures: true, cell: ({ routed }) => figure(routed) },
  {
    head: "Not routed",
    figures: true,
    cell: ({ notRouted }) => <span className={cn(notRouted > 0 && "font-medium text-bad")}>{figure(notRouted)}</span>,
  },
  { head: "Still waiting", figures: true, cell: ({ waiting }) => figure(waiting) },
  { head: "Not observed", figures: true, cell: ({ unobserved }) => figure(unobserved) },
  { head: "Errors by code", cell: ({ errorCodes }) => <ErrorCodes codes={errorCodes} />, className: "min-w-40" },
  { head: "Routers", cell: ({ routers }) => <Routers routers={routers} /> },
];

/** Pings, typing notices, history requests: they open no journey, and yet somebody has to take them. */
export function InboundTable({ inbound: { items, omitted } }: { inbound: RouterList["inbound"] }) {
  const { view } = useRoutersView();
  const found = items.filter(({ type, routers }) => [type, ...routers.items].some((name) => holds(name, view.q)));
  return (
    <Card
      title="Messages that are no requests"
      hint={
        items.length === 0
          ? undefined
          : `${omitted > 0 ? `${outOf(items.length, omitted)} types; ` : ""}they open no journey and count in no reliability`
      }
      flush
    >
      {items.length === 0 ? (
        <EmptyState icon={MessageSquareOff} title="Nothing but requests was received in this time" />
      ) : found.length === 0 ? (
        <EmptyState icon={MessageSquareOff} title={`No such type or router holds ${view.q}`} />
      ) : (
        <Table caption="Messages that are no requests" columns={COLUMNS} rows={found} rowKey={({ type }) => type} />
      )}
    </Card>
  );
}

function Routers({ routers: { items, omitted } }: { routers: InboundRow["routers"] }) {
  if (items.length === 0) return <span className="text-faint">none</span>;
  return (
    <ul className="min-w-36">
      {items.map((router) => (
        <li key={router}>
          <RouterLink router={router} />
        </li>
      ))}
      {omitted > 0 && <li className="text-faint text-xs">and {figure(omitted)} more</li>}
    </ul>
  );
}
