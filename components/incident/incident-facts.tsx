"use client";
import Link from "next/link";
import { figure, outOf } from "@/client/format";
import { useHref } from "@/client/url-state";
import { usersOfLeak } from "@/client/words";
import type { IncidentFacts as Facts, IncidentSummary } from "@/contracts/http";
import { ChartCard } from "../charts/chart-card";
import { Card } from "../ui/card";
import { IdText } from "../ui/id-text";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { prepareOccurrences } from "./prepare-occurrences";

/** When it occurred, which users it concerns, and in which versions. */
export function IncidentFacts({ incident }: { incident: IncidentSummary }) {
  const { environment, facts } = incident;
  const users = usersOfLeak(incident.rule);
  return (
    <>
      <div className="grid min-w-0 gap-4 xl:grid-cols-2">
        <ChartCard chart={prepareOccurrences(incident)} />
        <Versions facts={facts} />
      </div>
      <div className="grid min-w-0 items-start gap-4 md:grid-cols-2">
        <Users title={users.owner} users={facts.owners} total={facts.ownersTotal} environment={environment} />
        <Users
          title={users.recipient}
          users={facts.recipients}
          total={facts.recipientsTotal}
          environment={environment}
        />
      </div>
    </>
  );
}

interface UsersProps {
  title: string;
  users: Facts["owners"];
  total: number;
  environment: string;
}

function Users({ title, users, total, environment }: UsersProps) {
  const href = useHref();
  const columns: Column<Facts["owners"][number]>[] = [
    {
      head: "User",
      cell: ({ user }) => (
        <Link
          className="inline-flex max-w-full hover:underline"
          href={href(`/users/${encodeURIComponent(user)}`, { environment })}
        >
          <IdText className="max-w-72">{user}</IdText>
        </Link>
      ),
    },
    { head: "Times", figures: true, cell: ({ occurrences }) => figure(occurrences) },
  ];
  return (
    <Card title={title} hint={outOf(users.length, total - users.length)} flush>
      {users.length === 0 ? (
        <p className="px-4 py-3 text-[13px] text-muted">Nobody is named.</p>
      ) : (
        <div className="max-h-72 overflow-y-auto">
          <Table caption={title} columns={columns} rows={users} rowKey={({ user }) => user} />
        </div>
      )}
    </Card>
  );
}

const VERSION_COLUMNS: Column<Facts["versions"][number]>[] = [
  {
    head: "Version",
    cell: ({ version }) =>
      version === null ? (
        <span className="text-faint">not reported</span>
      ) : (
        <IdText className="block max-w-64">{version}</IdText>
      ),
  },
  { head: "Times", figures: true, cell: ({ occurrences }) => figure(occurrences) },
  { head: "First", roomy: true, cell: ({ firstAt }) => <Time at={firstAt} /> },
  { head: "Last", cell: ({ lastAt }) => <Time at={lastAt} /> },
];

function Versions({ facts: { versions, versionsTotal } }: { facts: Facts }) {
  return (
    <Card title="Versions" hint={outOf(versions.length, versionsTotal - versions.length)} flush>
      {versions.length === 0 ? (
        <p className="px-4 py-3 text-[13px] text-muted">No occurrence stands.</p>
      ) : (
        <div className="max-h-60 overflow-y-auto">
          <Table caption="Versions" columns={VERSION_COLUMNS} rows={versions} rowKey={({ version }) => version ?? ""} />
        </div>
      )}
    </Card>
  );
}
