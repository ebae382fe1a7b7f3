"use client";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { figure, NO_DATA } from "@/client/format";
import { useEnvironment, useHref, useIncidentInView } from "@/client/url-state";
import { useIncidents } from "@/client/use-incidents";
import { FINDING_CODES, leakRule } from "@/client/words";
import type { IncidentList } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { UserNames } from "./user-names";

type Incident = IncidentList["items"][number];

/** Leaks: messages of one user that reached another. One occurrence is enough. */
export function IncidentsPage() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useIncidents(environment);
  return (
    <>
      <PageHead title="Incidents" lead="Messages of one user that reached another. One occurrence is enough." />
      <Card title="Leaks" flush hint={data?.nextCursor ? `the newest ${data.items.length}` : undefined}>
        {error && !data && (
          <ErrorState error={error} title="The incidents could not be fetched" onRetry={() => refetch()} />
        )}
        {!data && !error && <SkeletonRows label="Incidents are being fetched" />}
        {data && <Incidents items={data.items} />}
      </Card>
    </>
  );
}

function Incidents({ items }: { items: Incident[] }) {
  const href = useHref();
  const marked = useIncidentInView();
  if (items.length === 0)
    return (
      <EmptyState icon={ShieldCheck} title="No leak is known">
        No delivery to anybody but its owner was seen. Where nothing was reported, nothing can be seen.
      </EmptyState>
    );
  const columns: Column<Incident>[] = [
    { head: "Severity", cell: (incident) => <Severity severity={incident.severity} /> },
    {
      head: "Rule",
      cell: (incident) => (
        <Link
          className="group block min-w-44"
          href={href("/journeys", {
            finding: FINDING_CODES.includes(incident.rule) ? incident.rule : null,
            router: incident.router,
          })}
        >
          <span className="font-medium group-hover:underline">{leakRule(incident.rule).title}</span>
          <span className="block text-faint text-xs">{leakRule(incident.rule).meaning}</span>
        </Link>
      ),
    },
    { head: "Status", cell: (incident) => incident.status },
    {
      head: "Router",
      cell: (incident) => <span className="font-mono text-[12.5px]">{incident.router ?? NO_DATA}</span>,
    },
    {
      head: "Whose messages",
      cell: (incident) => <UserNames users={incident.owners} omitted={incident.ownersOmitted} />,
    },
    {
      head: "Reached",
      cell: (incident) => <UserNames users={incident.recipients} omitted={incident.recipientsOmitted} />,
    },
    { head: "Times", figures: true, cell: (incident) => <strong>{figure(incident.occurrences)}</strong> },
    { head: "First seen", cell: (incident) => <Time at={incident.firstSeenAt} /> },
    { head: "Last seen", cell: (incident) => <Time at={incident.lastSeenAt} /> },
  ];
  return <Table caption="Leaks" columns={columns} rows={items} rowKey={(incident) => incident.id} marked={marked} />;
}
