"use client";
import Link from "next/link";
import { figure, NO_DATA } from "@/client/format";
import { useHref } from "@/client/url-state";
import { leakRule, usersOfLeak } from "@/client/words";
import type { IncidentRow } from "@/contracts/http";
import { Severity } from "../ui/severity";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { WrappedName } from "../ui/wrapped-name";
import { IncidentStatus, StatusNote } from "./incident-status";
import { UserNames } from "./user-names";

const HEADS = usersOfLeak("wrong_recipient");
const differing = (word: string, head: string) => (word === head ? null : word);

export function IncidentsTable({ items }: { items: IncidentRow[] }) {
  const href = useHref();
  const columns: Column<IncidentRow>[] = [
    { head: "Severity", cell: (incident) => <Severity severity={incident.severity} /> },
    {
      head: "Rule",
      cell: (incident) => (
        <Link
          className="group block min-w-44"
          href={href(`/incidents/${incident.id}`, { environment: incident.environment })}
        >
          <span className="font-medium group-hover:underline">{leakRule(incident.rule).title}</span>
          <span className="block text-faint text-xs">{leakRule(incident.rule).meaning}</span>
        </Link>
      ),
    },
    {
      head: "State",
      cell: (incident) => (
        <>
          <IncidentStatus status={incident.status} />
          <StatusNote incident={incident} />
        </>
      ),
    },
    {
      head: "Router",
      cell: ({ router }) =>
        router === null ? (
          NO_DATA
        ) : (
          <WrappedName className="block max-w-64 font-mono text-[12.5px]">{router}</WrappedName>
        ),
    },
    {
      head: HEADS.owner,
      cell: ({ rule, owners, ownersOmitted }) => (
        <UserNames users={owners} omitted={ownersOmitted} role={differing(usersOfLeak(rule).owner, HEADS.owner)} />
      ),
    },
    {
      head: HEADS.recipient,
      cell: ({ rule, recipients, recipientsOmitted }) => (
        <UserNames
          users={recipients}
          omitted={recipientsOmitted}
          role={differing(usersOfLeak(rule).recipient, HEADS.recipient)}
        />
      ),
    },
    { head: "Times", figures: true, cell: (incident) => <strong>{figure(incident.occurrences)}</strong> },
    { head: "First seen", cell: (incident) => <Time at={incident.firstSeenAt} /> },
    { head: "Last seen", cell: (incident) => <Time at={incident.lastSeenAt} /> },
  ];
  return <Table caption="Leaks" columns={columns} rows={items} rowKey={(incident) => incident.id} />;
}
