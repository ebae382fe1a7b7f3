"use client";
import { History } from "lucide-react";
import { alertRuleTitle } from "@/client/alert-words";
import { duration } from "@/client/format";
import { useEnvironment, useListFilter } from "@/client/url-state";
import { useAlertHistory } from "@/client/use-alerts";
import type { AlertRow } from "@/contracts/http";
import { ALERT_RULES } from "@/domain/alerts/rules";
import { ListCard } from "../settings/list-card";
import { Select } from "../ui/select";
import { Severity } from "../ui/severity";
import type { Column } from "../ui/table";
import { Time } from "../ui/time";
import { AlertLabels, AlertWhat } from "./alert-cells";

const RULES = [
  { value: "", label: "any" },
  ...ALERT_RULES.map((rule) => ({ value: rule, label: alertRuleTitle(rule) })),
];

const COLUMNS: Column<AlertRow>[] = [
  { head: "Severity", cell: ({ severity }) => <Severity severity={severity} /> },
  { head: "Alert", cell: (alert) => <AlertWhat alert={alert} /> },
  { head: "About", roomy: true, cell: (alert) => <AlertLabels alert={alert} /> },
  { head: "Fired", cell: ({ firingSince }) => <Time at={firingSince} /> },
  { head: "Resolved", cell: ({ resolvedAt }) => <Time at={resolvedAt} /> },
  { head: "Lasted", figures: true, roomy: true, cell: (alert) => duration(lastedMs(alert)) },
  { head: "Told", roomy: true, cell: ({ toldAt }) => (toldAt === null ? <NotTold /> : <Time at={toldAt} />) },
];

/** Alerts that ended. */
export function HistoryTab() {
  const [environment] = useEnvironment();
  const [rule, setRule] = useListFilter("rule");
  const list = useAlertHistory(environment, rule);
  return (
    <ListCard
      title="History"
      hint="Alerts that ended, the latest first."
      actions={
        <Select label="Rule" labelled value={rule ?? ""} options={RULES} onChange={(value) => setRule(value || null)} />
      }
      list={list}
      columns={COLUMNS}
      rowKey={({ id }) => id}
      empty={{ icon: History, title: "No alert has ended yet" }}
    />
  );
}

function NotTold() {
  return <span className="text-faint">nobody was told</span>;
}

function lastedMs({ firingSince, resolvedAt }: AlertRow): number | null {
  return firingSince === null || resolvedAt === null ? null : Date.parse(resolvedAt) - Date.parse(firingSince);
}
