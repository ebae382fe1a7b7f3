"use client";
import { Ban, CircleAlert, CircleCheck, Clock } from "lucide-react";
import { useState } from "react";
import { alertRuleMeaning, alertRuleTitle } from "@/client/alert-words";
import { figure } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import { useEnvironment } from "@/client/url-state";
import { useAlertRules } from "@/client/use-alert-rules";
import type { RuleRow } from "@/contracts/http";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { ErrorState } from "../../ui/error-state";
import { Severity } from "../../ui/severity";
import { SkeletonRows } from "../../ui/skeleton";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { EditRule } from "./edit-rule";
import { type PreparedRule, paceText, prepareRule, sampleText } from "./prepare-rules";

/** What raises alerts, what each rule saw last, and when it fires. */
export function RulesTab() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useAlertRules(environment);
  const mayChange = useMayChange();
  const [editing, setEditing] = useState<RuleRow | null>(null);
  const columns: Column<PreparedRule>[] = [
    { head: "Rule", cell: ({ row }) => <What row={row} /> },
    { head: "State", cell: (rule) => <State rule={rule} /> },
    { head: "Now", cell: (rule) => <Now rule={rule} /> },
    { head: "For", cell: ({ row }) => paceText(row.settings.forMs, "at once") },
    { head: "Kept", cell: ({ row }) => paceText(row.settings.keepFiringMs, "not") },
    { head: "Least", figures: true, cell: ({ row }) => sampleText(row.settings.minSample) },
    { head: "Looked at", cell: ({ row }) => <Time at={row.evaluatedAt} as="clock" /> },
    ...(mayChange
      ? [
          {
            head: "Action",
            headHidden: true,
            figures: true,
            cell: ({ row }: PreparedRule) => <Edit row={row} onEdit={setEditing} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <Card
        title="Rules"
        hint="A rule fires when its condition held for long enough, and is kept for a while when it passes."
        flush
      >
        {error && !data && (
          <ErrorState error={error} title="The rules could not be fetched" onRetry={() => refetch()} />
        )}
        {!data && !error && <SkeletonRows label="Rules are being fetched" />}
        {data && (
          <Table caption="Rules" columns={columns} rows={data.items.map(prepareRule)} rowKey={({ row }) => row.rule} />
        )}
      </Card>
      {editing && environment && (
        <EditRule key={editing.rule} environment={environment} row={editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function What({ row: { rule, severity, changedBy, own } }: { row: RuleRow }) {
  return (
    <div className="min-w-52 max-w-96">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{alertRuleTitle(rule)}</span>
        {severity && <Severity severity={severity} />}
      </span>
      <span className="block text-muted text-xs">{alertRuleMeaning(rule)}</span>
      {own && <span className="block text-faint text-xs">set by {changedBy}</span>}
    </div>
  );
}

const STATES = {
  firing: { icon: CircleAlert, text: "text-bad" },
  pending: { icon: Clock, text: "text-warn" },
  quiet: { icon: CircleCheck, text: "text-good" },
  disabled: { icon: Ban, text: "text-muted" },
};

function State({ rule: { state, row } }: { rule: PreparedRule }) {
  const { icon: Icon, text } = row.rule === "watchdog" && state === "firing" ? STATES.quiet : STATES[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", text)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {state}
      {row.firing > 1 && state === "firing" && ` (${figure(row.firing)})`}
    </span>
  );
}

function Now({ rule: { readings, omitted } }: { rule: PreparedRule }) {
  if (readings.length === 0) return <span className="text-faint">nothing to see</span>;
  return (
    <ul className="min-w-40 max-w-80 text-xs">
      {readings.map(({ key, name, text, breached }) => (
        <li key={key} className={breached ? "font-medium text-bad" : "text-muted"}>
          {name && <span className="font-mono">{name}: </span>}
          {text}
        </li>
      ))}
      {omitted > 0 && <li className="text-faint">and {figure(omitted)} more</li>}
    </ul>
  );
}

function Edit({ row, onEdit }: { row: RuleRow; onEdit: (row: RuleRow) => void }) {
  return (
    <Button size="small" look="quiet" aria-label={`Edit ${alertRuleTitle(row.rule)}`} onClick={() => onEdit(row)}>
      Edit …
    </Button>
  );
}
