"use client";
import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { counted, figure, NO_DATA } from "@/client/format";
import { useHref } from "@/client/url-state";
import { findingMeaning, findingTitle, stepTitle } from "@/client/words";
import type { Overview } from "@/contracts/http";
import { RouterLink } from "../routers/router-link";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { IdText } from "../ui/id-text";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Failure = Overview["failures"][number];

interface Props {
  data: Overview;
  window: { from: string; to: string | null };
}

/** Failures of one cause stand in one row, with the users affected and since when; a row opens its journeys. */
export function FailuresTable({ data, window }: Props) {
  const href = useHref();
  const filterOf = ({ finding, step, router, version }: Failure) => ({
    status: "failed",
    finding,
    step,
    router,
    version,
    ...window,
  });
  const columns: Column<Failure>[] = [
    {
      head: "Failure",
      cell: (group) => (
        <Link href={href("/journeys", filterOf(group))} className="group block min-w-44">
          <span className="font-medium text-bad group-hover:underline">{findingTitle(group.finding)}</span>
          <span className="block text-faint text-xs">{findingMeaning(group.finding) ?? group.finding}</span>
        </Link>
      ),
    },
    {
      head: "Breaks at",
      cell: (group) => (group.step ? stepTitle(group.step) : NO_DATA),
      className: "whitespace-nowrap",
    },
    { head: "Router", cell: (group) => <Router name={group.router} /> },
    { head: "Version", cell: (group) => <Name value={group.version} /> },
    { head: "Instance", cell: (group) => <Name value={group.instance} /> },
    {
      head: "Journeys",
      figures: true,
      cell: (group) => <strong className="font-semibold">{figure(group.count)}</strong>,
    },
    { head: "Users", figures: true, cell: (group) => figure(group.users) },
    { head: "Since", cell: (group) => <Time at={group.firstSeenAt} /> },
    { head: "Last seen", cell: (group) => <Time at={group.lastSeenAt} /> },
    {
      head: "Cause",
      cell: (group) => (
        <Link
          href={href("/journeys", { ...filterOf(group), against: "all" })}
          aria-label={`What differs in ${findingTitle(group.finding)}`}
          className="whitespace-nowrap text-accent underline"
        >
          what differs
        </Link>
      ),
    },
  ];
  const hint =
    data.failures.length > 0
      ? `${counted(data.usersAffected, "user")} affected${data.failuresOmitted > 0 ? ` · ${counted(data.failuresOmitted, "smaller group")} not shown` : ""}`
      : undefined;
  return (
    <Card title="Failures by cause" hint={hint} flush>
      {data.failures.length === 0 ? (
        <EmptyState icon={CircleCheck} title="No journey failed in this time">
          {data.reliability.ratio === null && "None finished either: this is no proof that all is well."}
        </EmptyState>
      ) : (
        <Table
          caption="Failures by cause"
          columns={columns}
          rows={data.failures}
          rowKey={(group) => JSON.stringify([group.finding, group.step, group.router, group.version, group.instance])}
        />
      )}
    </Card>
  );
}

function Router({ name }: { name: string | null }) {
  return name ? <RouterLink router={name} className="block min-w-32" /> : <span className="text-faint">{NO_DATA}</span>;
}

function Name({ value }: { value: string | null }) {
  return value ? (
    <IdText className="inline-block max-w-52">{value}</IdText>
  ) : (
    <span className="text-faint">{NO_DATA}</span>
  );
}
