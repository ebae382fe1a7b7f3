"use client";
import { Route } from "lucide-react";
import Link from "next/link";
import { figure, outOf, percent } from "@/client/format";
import { useHref } from "@/client/url-state";
import { useRangeQuery } from "@/client/use-routers-view";
import type { Overview } from "@/contracts/http";
import { RouterLink } from "../routers/router-link";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { ShareBar } from "./share-bar";

type RouterRow = Overview["routers"][number];

interface Props {
  routers: RouterRow[];
  /** Routers beyond those. */
  omitted: number;
  window: { from: string; to: string | null };
}

/** Which implementations of the router carry the traffic. */
export function RoutersTable({ routers, omitted, window }: Props) {
  const href = useHref();
  const range = useRangeQuery();
  const columns: Column<RouterRow>[] = [
    {
      head: "Router",
      cell: (row) => <RouterLink router={row.router} className="block min-w-32" />,
    },
    {
      head: "Messages",
      figures: true,
      cell: (row) => (
        <Link
          href={href("/journeys", { router: row.router, ...window })}
          title={`Journeys through ${row.router}`}
          className="underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {figure(row.messages)}
          <span className="sr-only">, journeys through {row.router}</span>
        </Link>
      ),
    },
    {
      head: "Errors",
      figures: true,
      cell: (row) => <span className={cn(row.errors > 0 && "font-medium text-bad")}>{figure(row.errors)}</span>,
    },
    {
      head: "Share",
      cell: (row) => (
        <span className="flex items-center gap-3">
          <span className="w-14 shrink-0 text-right">{percent(row.share, 1)}</span>
          <ShareBar share={row.share} />
        </span>
      ),
      className: "sm:w-2/5",
    },
  ];
  return (
    <Card
      title="Routers in the traffic"
      hint={routers.length > 1 ? `${outOf(routers.length, omitted)} routers` : undefined}
      actions={
        <Link href={href("/routers", range)} className="text-accent text-xs underline">
          who takes what
        </Link>
      }
      flush
    >
      {routers.length === 0 ? (
        <EmptyState icon={Route} title="No router reported a message in this time">
          Report <code>routed</code> with the router's name.
        </EmptyState>
      ) : (
        <Table caption="Routers in the traffic" columns={columns} rows={routers} rowKey={(row) => row.router} />
      )}
    </Card>
  );
}
