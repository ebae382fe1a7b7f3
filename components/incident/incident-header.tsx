"use client";
import type { ReactNode } from "react";
import { counted, figure } from "@/client/format";
import { leakRule } from "@/client/words";
import type { IncidentSummary } from "@/contracts/http";
import { IncidentStatus } from "../incidents/incident-status";
import { RouterLink } from "../routers/router-link";
import { cn } from "../ui/cn";
import { CopyButton } from "../ui/copy-button";
import { Severity } from "../ui/severity";
import { Time } from "../ui/time";
import { ExportLink } from "./export-link";
import { IncidentActions } from "./incident-actions";
import { IncidentState } from "./incident-state";
import { ticketText } from "./prepare-ticket";

/** What kind of leak it is, what became of it, and what can be done. */
export function IncidentHeader({ incident }: { incident: IncidentSummary }) {
  const { rule, status, severity } = incident;
  const { title, meaning, bound } = leakRule(rule);
  const waits = status === "open" || status === "regressed";
  return (
    <section aria-label="Incident" className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <div className={cn("flex flex-col gap-3 border-l-4 p-4", waits ? "border-l-bad-fill" : "border-l-line-strong")}>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="min-w-0 font-semibold text-lg tracking-tight">{title}</h1>
          <Severity severity={severity} />
          <span role="status">
            <IncidentStatus status={status} filled />
          </span>
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <ExportLink incident={incident} />
            <CopyButton
              label="Copy for a ticket"
              title="The incident as Markdown, without users"
              text={() => ticketText(incident, window.location.href)}
            />
            <CopyButton label="Copy link" text={() => window.location.href} />
          </div>
        </div>
        <p className="max-w-[90ch] text-pretty text-[15px]">{meaning}</p>
        {bound && <p className="-mt-2 max-w-[90ch] text-pretty text-[13px] text-muted">{bound}</p>}
        <IncidentState incident={incident} />
        <IncidentActions incident={incident} />
      </div>
      <Fingerprint incident={incident} />
    </section>
  );
}

const AROUND_MS = 30 * 60_000;

/** All its occurrences, and half an hour before and after them. */
function around({ firstSeenAt, lastSeenAt }: IncidentSummary) {
  const shifted = (at: string, byMs: number) => new Date(Date.parse(at) + byMs).toISOString();
  return { from: shifted(firstSeenAt, -AROUND_MS), to: shifted(lastSeenAt, AROUND_MS) };
}

/** What its occurrences have in common, and how many there are. */
function Fingerprint({ incident }: { incident: IncidentSummary }) {
  const { rule, router, environment, occurrences, facts } = incident;
  return (
    <dl className="grid grid-cols-2 gap-px border-t bg-line sm:grid-cols-3 xl:grid-cols-6">
      <Fact name="Rule">
        <span className="break-words font-mono text-[12.5px]">{rule}</span>
      </Fact>
      <Fact name="Router">
        {router === null ? "none named" : <RouterLink router={router} range={around(incident)} />}
      </Fact>
      <Fact name="Environment">
        <span className="break-words">{environment}</span>
      </Fact>
      <Fact name="Occurrences">
        {figure(occurrences)}
        {facts.withdrawn > 0 && (
          <span className="font-normal text-faint text-xs"> and {counted(facts.withdrawn, "disproved one")}</span>
        )}
      </Fact>
      <Fact name="First seen">
        <Time at={incident.firstSeenAt} />
      </Fact>
      <Fact name="Last seen">
        <Time at={incident.lastSeenAt} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="min-w-0 font-medium text-[13px]">{children}</dd>
    </div>
  );
}
