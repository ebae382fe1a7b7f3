"use client";
import { BellRing, Dog, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { counted } from "@/client/format";
import { useEnvironment } from "@/client/url-state";
import { useAlerts } from "@/client/use-alerts";
import { useMayAct } from "@/client/use-may-act";
import { useNow } from "@/client/use-now";
import type { AlertList, AlertRow } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { AlertLabels, AlertState, AlertWhat } from "./alert-cells";
import { type PreparedAlerts, prepareAlerts } from "./prepare-alerts";
import { matchersOf } from "./silences/prepare-silence";
import { SilenceForm } from "./silences/silence-form";

const WATCHDOG: Record<PreparedAlerts["watchdog"], string> = {
  fires: "The watchdog fires, as it should.",
  silent: "The watchdog does not fire.",
  unwatched: "Nobody looks at the rules.",
};

/** What fires now, what is about to, and whether anybody is looking. */
export function FiringTab() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useAlerts(environment);
  const title = "Firing now";
  return (
    <>
      {!data && (
        <Card title={title} flush>
          {error && <ErrorState error={error} title="The alerts could not be fetched" onRetry={() => refetch()} />}
          {!error && <SkeletonRows label="Alerts are being fetched" />}
        </Card>
      )}
      {data && <Standing data={data} title={title} />}
    </>
  );
}

function Standing({ data, title }: { data: AlertList; title: string }) {
  const { firing, pending, watchdog } = prepareAlerts(data, useNow(10_000));
  const unwatched = watchdog === "unwatched" && data.evaluatedAt !== null;
  const hint = data.omitted > 0 ? `${counted(data.omitted, "alert")} more` : undefined;
  return (
    <>
      <Card title={title} hint={hint} flush>
        {firing.length > 0 && <AlertsTable caption={title} alerts={firing} />}
        {firing.length === 0 && (
          <EmptyState icon={ShieldCheck} title="Nothing fires">
            {data.evaluatedAt === null && "Nothing was looked at yet."}
            {unwatched && "Nothing that began since rules were looked at last would be seen here."}
          </EmptyState>
        )}
      </Card>
      {pending.length > 0 && (
        <Card title="About to fire" hint="Their condition holds, and not for long enough yet." flush>
          <AlertsTable caption="About to fire" alerts={pending} />
        </Card>
      )}
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
        {watchdog === "fires" && <Dog aria-hidden className="size-4" />}
        {watchdog !== "fires" && <BellRing aria-hidden className="size-4 text-warn" />}
        {WATCHDOG[watchdog]}
        <span>
          Rules were looked at last <Time at={data.evaluatedAt} />.
        </span>
      </p>
    </>
  );
}

function AlertsTable({ caption, alerts }: { caption: string; alerts: AlertRow[] }) {
  const mayAct = useMayAct();
  const [silencing, setSilencing] = useState<AlertRow | null>(null);
  const columns: Column<AlertRow>[] = [
    { head: "Severity", cell: ({ severity }) => <Severity severity={severity} /> },
    { head: "Alert", cell: (alert) => <AlertWhat alert={alert} /> },
    { head: "About", roomy: true, cell: (alert) => <AlertLabels alert={alert} /> },
    { head: "State", cell: (alert) => <AlertState alert={alert} /> },
    { head: "Since", cell: (alert) => <Time at={alert.firingSince ?? alert.pendingSince} /> },
    ...(mayAct ? [silenceColumn(setSilencing)] : []),
  ];
  return (
    <>
      <Table caption={caption} columns={columns} rows={alerts} rowKey={({ id }) => id} />
      {silencing && (
        <SilenceForm
          environment={silencing.environment}
          matchers={matchersOf(silencing)}
          onClose={() => setSilencing(null)}
        />
      )}
    </>
  );
}

function silenceColumn(onSilence: (alert: AlertRow) => void): Column<AlertRow> {
  return {
    head: "Action",
    headHidden: true,
    figures: true,
    cell: (alert) =>
      alert.silencedBy === null && (
        <Button size="small" look="quiet" aria-label={`Silence: ${alert.summary}`} onClick={() => onSilence(alert)}>
          Silence …
        </Button>
      ),
  };
}
