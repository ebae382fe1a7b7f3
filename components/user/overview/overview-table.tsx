"use client";
import Link from "next/link";
import { duration, figure } from "@/client/format";
import type { CountedTimeline } from "@/client/timeline-parts";
import { useHref } from "@/client/url-state";
import { findingTitle } from "@/client/words";
import type { UserLanes } from "@/contracts/http";
import { IdText } from "../../ui/id-text";
import { Status } from "../../ui/status";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { ZonedText } from "../../ui/zoned-text";
import type { Fault } from "./prepared-overview";

const MAX_ROWS = 100;

interface Props {
  summary: CountedTimeline;
  lanes: UserLanes | undefined;
  faults: Fault[];
}

/** The overview as tables: faults, journeys, connections and how many events there were when. */
export function OverviewTable({ summary, lanes, faults }: Props) {
  return (
    <div className="flex max-h-[32rem] flex-col gap-4 overflow-y-auto py-2">
      <Part title="Faults" count={faults.length}>
        <Table caption="Faults" columns={FAULTS} rows={faults.slice(0, MAX_ROWS)} rowKey={(fault) => fault.key} />
      </Part>
      <Journeys journeys={lanes?.journeys ?? []} />
      <Part title="Connections" count={lanes?.connections.length ?? 0}>
        <Table
          caption="Connections"
          columns={CONNECTIONS}
          rows={(lanes?.connections ?? []).slice(0, MAX_ROWS)}
          rowKey={(row) => `${row.instance}/${row.connectionId}/${row.openedAt}`}
        />
      </Part>
      <Density summary={summary} />
    </div>
  );
}

const FAULTS: Column<Fault>[] = [
  { head: "Time", cell: (fault) => <Time at={fault.at} as="dayAndClock" /> },
  { head: "What", cell: (fault) => fault.title },
  { head: "Detail", cell: (fault) => <ZonedText text={fault.detail} near={fault.at} /> },
];

const CONNECTIONS: Column<UserLanes["connections"][number]>[] = [
  { head: "Connection", cell: (row) => <IdText>{row.connectionId}</IdText> },
  { head: "Opened", cell: (row) => <Time at={row.openedAt} /> },
  { head: "Closed", cell: (row) => (row.closedAt === null ? "open" : <Time at={row.closedAt} />) },
  { head: "Code", figures: true, cell: (row) => row.closeCode ?? (row.closedAt === null ? "" : "none") },
];

function Journeys({ journeys }: { journeys: UserLanes["journeys"] }) {
  const href = useHref();
  const columns: Column<UserLanes["journeys"][number]>[] = [
    { head: "Started", cell: (row) => <Time at={row.startedAt} /> },
    {
      head: "Journey",
      cell: (row) => (
        <Link href={href(`/journeys/${encodeURIComponent(row.id)}`)} prefetch={false} className="text-accent underline">
          <IdText>{row.id}</IdText>
        </Link>
      ),
    },
    { head: "Status", cell: (row) => <Status status={row.status} /> },
    { head: "Broken by", cell: (row) => (row.brokenBy ? findingTitle(row.brokenBy) : "") },
    { head: "Thread", cell: (row) => <IdText>{row.threadId ?? ""}</IdText> },
    { head: "Took", figures: true, cell: (row) => duration(Date.parse(row.untilAt) - Date.parse(row.startedAt)) },
  ];
  return (
    <Part title="Journeys" count={journeys.length}>
      <Table caption="Journeys" columns={columns} rows={journeys.slice(0, MAX_ROWS)} rowKey={(row) => row.id} />
    </Part>
  );
}

function Density({ summary }: { summary: CountedTimeline }) {
  const firstMs = Date.parse(summary.firstAt ?? "");
  const columns: Column<CountedTimeline["buckets"][number]>[] = [
    { head: "From", cell: ([n]) => <Time at={new Date(firstMs + n * summary.bucketMs).toISOString()} /> },
    { head: "Events", figures: true, cell: ([, events]) => figure(events) },
    { head: "Errors", figures: true, cell: ([, , errors]) => figure(errors) },
  ];
  return (
    <Part title={`Events, each ${duration(summary.bucketMs)}`} count={summary.buckets.length}>
      <Table
        caption="Events over time"
        columns={columns}
        rows={summary.buckets.slice(0, MAX_ROWS)}
        rowKey={([n]) => String(n)}
      />
    </Part>
  );
}

function Part({ title, count, children }: { title: string; count: number; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="px-4 pb-1 font-semibold text-[13px]">
        {title}
        {count > MAX_ROWS && (
          <span className="ml-2 font-normal text-faint text-xs">
            the first {MAX_ROWS} of {figure(count)}
          </span>
        )}
      </h3>
      {count === 0 ? <p className="px-4 pb-2 text-[13px] text-muted">none</p> : children}
    </section>
  );
}
