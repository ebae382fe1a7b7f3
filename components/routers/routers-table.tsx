"use client";
import { Route } from "lucide-react";
import Link from "next/link";
import { duration, figure, percent } from "@/client/format";
import type { RouterSort } from "@/client/routers-view";
import { useHref } from "@/client/url-state";
import { useRoutersView } from "@/client/use-routers-view";
import type { RouterList, RouterRow } from "@/contracts/http";
import { ShareBar } from "../overview/share-bar";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Pager } from "../ui/pager";
import { pageOf } from "../ui/prepare-page";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { ErrorCodes } from "./error-codes";
import { JourneysLink } from "./journeys-link";
import { NamedList } from "./named-list";
import { prepareRouters, ratio, routersHint } from "./prepare-routers";
import { RouterLink } from "./router-link";

const PAGE_SIZE = 25;

/** Every implementation in the traffic: how much it carries, how it fails, how fast it is, since when. */
export function RoutersTable({ data }: { data: RouterList }) {
  const { view, setView } = useRoutersView();
  const { items, place } = pageOf(prepareRouters(data.items, view), PAGE_SIZE, view.page);
  return (
    <Card
      title="Implementations"
      hint={data.items.length > 0 ? routersHint(data) : undefined}
      actions={<Pager label="Routers" place={place} onTurn={(page) => setView({ page })} />}
      flush
    >
      {data.items.length === 0 ? (
        <NoRouter />
      ) : items.length === 0 ? (
        <EmptyState icon={Route} title={`No router's name holds ${view.q}`} />
      ) : (
        <>
          <Table
            caption="Implementations"
            columns={columnsOf(view.sort, (sort) => setView({ sort }))}
            rows={items}
            rowKey={(row) => row.router}
          />
          <p className="border-t px-4 py-2 text-faint text-xs">
            First and last seen are of everything that is kept; all other figures are of the time chosen.
          </p>
        </>
      )}
    </Card>
  );
}

function columnsOf(sort: RouterSort, onSort: (sort: RouterSort) => void): Column<RouterRow>[] {
  const by = (own: RouterSort) => ({
    on: sort === own,
    order: own === "name" ? ("ascending" as const) : ("descending" as const),
    onSort: () => onSort(own),
  });
  return [
    {
      head: "Router",
      sorting: by("name"),
      cell: (row) => <RouterLink router={row.router} className="block min-w-36 font-medium" />,
    },
    { head: "Messages", figures: true, sorting: by("messages"), cell: (row) => <Messages row={row} /> },
    { head: "Share", cell: (row) => <Share row={row} />, className: "sm:min-w-32" },
    { head: "Errors", figures: true, sorting: by("errors"), cell: (row) => <Errors row={row} /> },
    { head: "Errors by code", cell: (row) => <ErrorCodes codes={row.errorCodes} />, className: "min-w-40" },
    {
      head: "Routing p50",
      figures: true,
      cell: (row) => <span className="whitespace-nowrap">{duration(row.latencyMs?.p50 ?? null)}</span>,
    },
    {
      head: "Routing p95",
      figures: true,
      sorting: by("latency"),
      cell: (row) => <span className="whitespace-nowrap">{duration(row.latencyMs?.p95 ?? null)}</span>,
    },
    { head: "Versions", cell: (row) => <NamedList counts={row.versions} /> },
    { head: "First seen", cell: (row) => <Time at={row.firstSeenAt} /> },
    { head: "Last seen", sorting: by("seen"), cell: (row) => <Time at={row.lastSeenAt} /> },
  ];
}

function Messages({ row }: { row: RouterRow }) {
  if (row.messages === 0) return <span className="whitespace-nowrap text-faint">silent</span>;
  return <JourneysLink router={row.router}>{figure(row.messages)}</JourneysLink>;
}

function Share({ row }: { row: RouterRow }) {
  if (row.messages === 0) return <span className="text-faint">none</span>;
  return (
    <span className="flex items-center gap-3">
      <span className="w-14 shrink-0 text-right">{percent(row.share, 1)}</span>
      <ShareBar share={row.share} />
    </span>
  );
}

function Errors({ row }: { row: RouterRow }) {
  if (row.errors === 0) return <span className={cn(row.messages === 0 && "text-faint")}>0</span>;
  return (
    <span className="whitespace-nowrap font-medium text-bad">
      <JourneysLink router={row.router} failed>
        {figure(row.errors)}
      </JourneysLink>{" "}
      <span className="font-normal text-faint text-xs">{percent(ratio(row.errors, row.messages), 1)}</span>
    </span>
  );
}

function NoRouter() {
  const href = useHref();
  return (
    <EmptyState icon={Route} title="No router was ever seen in this environment">
      Report <code>routed</code> with the router's name wherever one decides where a message goes.{" "}
      <Link href={href("/connect")} className="text-accent underline">
        How to connect a source
      </Link>
    </EmptyState>
  );
}
