"use client";
import { Cable } from "lucide-react";
import Link from "next/link";
import { figure } from "@/client/format";
import { useEnvironment, useHref } from "@/client/url-state";
import { useSources } from "@/client/use-sources";
import type { SourceList } from "@/contracts/http";
import { SourceState } from "../sources/source-state";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Source = SourceList["items"][number];

const COLUMNS: Column<Source>[] = [
  { head: "Source", cell: (row) => <span className="font-medium">{row.id}</span> },
  { head: "State", cell: (row) => <SourceState state={row.state} /> },
  {
    head: "Address",
    cell: (row) =>
      row.url === "push" ? "pushes to Signalbox" : <code className="break-all font-mono text-[12.5px]">{row.url}</code>,
  },
  { head: "Environment", cell: (row) => row.environment },
  { head: "Last event", cell: (row) => <Time at={row.lastEventAt} /> },
  { head: "Accepted", figures: true, cell: (row) => figure(row.accepted) },
];

/** Sources come from the configuration; here stands whether they are heard. */
export function SourcesTab() {
  const [environment] = useEnvironment();
  const href = useHref();
  const { data, error, refetch } = useSources(environment);
  if (error && !data) {
    return <ErrorState error={error} title="The sources could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={3} label="The sources are being fetched" />;
  return (
    <Card
      title="Sources"
      hint={
        <>
          Set by <code className="font-mono">SIGNALBOX_SOURCES</code> where Signalbox is started, because it holds their
          tokens.
        </>
      }
      actions={
        <Link href={href("/sources")} className="text-accent text-xs underline-offset-2 hover:underline">
          Outages and quality
        </Link>
      }
      flush
    >
      {data.items.length === 0 ? (
        <EmptyState icon={Cable} title="Signalbox subscribes to no source in this environment">
          <Link href={href("/connect")} className="text-accent underline">
            Connect a source
          </Link>
        </EmptyState>
      ) : (
        <Table caption="Sources" columns={COLUMNS} rows={data.items} rowKey={(row) => row.id} />
      )}
    </Card>
  );
}
