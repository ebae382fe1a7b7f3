"use client";
import { GitFork, Split } from "lucide-react";
import { counted, figure, outOf, percent } from "@/client/format";
import { useRoutersView } from "@/client/use-routers-view";
import type { RouterList } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Pager } from "../ui/pager";
import { pageOfGroups } from "../ui/prepare-page";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";
import { ErrorCodes } from "./error-codes";
import { type ConsistencyRow, consistencyRows, findTypes, rowsOfType } from "./prepare-consistency";
import { RouterLink } from "./router-link";

const ROWS_OF_PAGE = 30;

const COLUMNS: Column<ConsistencyRow>[] = [
  { head: "Message type", cell: (row) => <Type row={row} />, className: "min-w-40" },
  {
    head: "Router",
    cell: ({ taker, omitted }) =>
      taker ? (
        <RouterLink router={taker.router} className="block sm:min-w-36" />
      ) : (
        <span className="text-faint">and {figure(omitted)} more who take it</span>
      ),
  },
  {
    head: "Handler",
    cell: ({ taker }) =>
      taker &&
      (taker.handler === null ? (
        <span className="text-faint">not reported</span>
      ) : (
        <WrappedName className="block sm:min-w-36 font-mono text-[12.5px]">{taker.handler}</WrappedName>
      )),
  },
  { head: "Messages", figures: true, cell: ({ taker }) => taker && figure(taker.messages) },
  {
    head: "Of the type",
    figures: true,
    cell: ({ taker, share }) => taker && <span className="whitespace-nowrap">{percent(share, 1)}</span>,
  },
  {
    head: "Errors",
    figures: true,
    cell: ({ taker }) =>
      taker && <span className={cn(taker.errors > 0 && "font-medium text-bad")}>{figure(taker.errors)}</span>,
  },
  { head: "Errors by code", cell: ({ taker }) => taker && <ErrorCodes codes={taker.errorCodes} /> },
];

/** For each message type who takes it; several routers or handlers for one type come first. */
export function ConsistencyTable({ types }: { types: RouterList["types"] }) {
  const { view, setView } = useRoutersView();
  const found = findTypes(types.items, view.q);
  const { items, place } = pageOfGroups(found, rowsOfType, ROWS_OF_PAGE, view.typesPage);
  return (
    <Card
      title="Routing consistency"
      hint={types.items.length > 0 ? hintOf(types) : undefined}
      actions={<Pager label="Message types" place={place} onTurn={(typesPage) => setView({ typesPage })} />}
      flush
    >
      {types.items.length === 0 ? (
        <EmptyState icon={GitFork} title="No router took a message in this time">
          Choose a longer time.
        </EmptyState>
      ) : items.length === 0 ? (
        <EmptyState icon={GitFork} title={`No type, router or handler holds ${view.q}`} />
      ) : (
        <Table
          caption="Routing consistency"
          columns={COLUMNS}
          rows={consistencyRows(items)}
          rowKey={(row) => row.key}
        />
      )}
    </Card>
  );
}

function Type({ row: { head, type } }: { row: ConsistencyRow }) {
  if (head === null) return <WrappedName className="font-mono text-[12.5px] text-muted sm:sr-only">{type}</WrappedName>;
  return (
    <>
      <WrappedName className="font-medium font-mono text-[12.5px]">{head.type}</WrappedName>
      {head.inconsistent ? (
        <span className="mt-0.5 flex items-center gap-1 whitespace-nowrap font-medium text-warn text-xs">
          <Split aria-hidden className="size-3 shrink-0" />
          inconsistent: {head.takenBy}
        </span>
      ) : null}
    </>
  );
}

function hintOf({ items, omitted, inconsistent }: RouterList["types"]): string {
  const all = `${outOf(items.length, omitted)} message ${items.length + omitted === 1 ? "type" : "types"}`;
  return inconsistent === 0
    ? `${all}, each taken by one router and handler`
    : `${all}, ${counted(inconsistent, "is", "are")} taken by several`;
}
