"use client";
import { GitFork, Split } from "lucide-react";
import { figure, outOf } from "@/client/format";
import { useRoutersView } from "@/client/use-routers-view";
import type { RouterDetail } from "@/contracts/http";
import { ErrorCodes } from "../routers/error-codes";
import { RouterLink } from "../routers/router-link";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Pager } from "../ui/pager";
import { pageOfGroups } from "../ui/prepare-page";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";
import { type TypeRow, typeRows } from "./prepare-types";

const ROWS_OF_PAGE = 30;

const COLUMNS: Column<TypeRow>[] = [
  {
    head: "Message type",
    cell: ({ type, first }) =>
      first ? (
        <WrappedName className="font-medium font-mono text-[12.5px]">{type}</WrappedName>
      ) : (
        <span className="sr-only">{type}</span>
      ),
  },
  {
    head: "Handler",
    cell: ({ taker, omitted }) =>
      taker === null ? (
        <span className="text-faint">and {figure(omitted)} more handlers</span>
      ) : taker.handler === null ? (
        <span className="text-faint">not reported</span>
      ) : (
        <WrappedName className="block min-w-36 font-mono text-[12.5px]">{taker.handler}</WrappedName>
      ),
  },
  { head: "Messages", figures: true, cell: ({ taker }) => taker && figure(taker.messages) },
  {
    head: "Errors",
    figures: true,
    cell: ({ taker }) =>
      taker && <span className={cn(taker.errors > 0 && "font-medium text-bad")}>{figure(taker.errors)}</span>,
  },
  { head: "Errors by code", cell: ({ taker }) => taker && <ErrorCodes codes={taker.errorCodes} /> },
  { head: "Also taken by", cell: ({ others }) => others && <Others others={others} /> },
];

/** What it takes, by which handler, and who else takes messages of that type. */
export function TypesTable({ types: { items, omitted } }: { types: RouterDetail["types"] }) {
  const { view, setView } = useRoutersView();
  const page = pageOfGroups(items, ({ takers }) => takers.items.length, ROWS_OF_PAGE, view.typesPage);
  return (
    <Card
      title="What it takes"
      hint={omitted > 0 ? `${outOf(items.length, omitted)} message types` : undefined}
      actions={<Pager label="Message types" place={page.place} onTurn={(typesPage) => setView({ typesPage })} />}
      flush
    >
      {items.length === 0 ? (
        <EmptyState icon={GitFork} title="It took no message in this time" />
      ) : (
        <Table caption="What it takes" columns={COLUMNS} rows={typeRows(page.items)} rowKey={({ key }) => key} />
      )}
    </Card>
  );
}

function Others({ others: { items, omitted } }: { others: RouterDetail["types"]["items"][number]["others"] }) {
  if (items.length === 0) return <span className="text-faint">nobody else</span>;
  return (
    <ul className="min-w-40">
      {items.map((router) => (
        <li key={router} className="flex items-start gap-1 text-warn">
          <Split aria-hidden className="mt-1 size-3 shrink-0" />
          <RouterLink router={router} />
        </li>
      ))}
      {omitted > 0 && <li className="text-faint text-xs">and {figure(omitted)} more</li>}
    </ul>
  );
}
