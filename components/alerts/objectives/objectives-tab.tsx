"use client";
import { Gauge } from "lucide-react";
import { useState } from "react";
import { useMayChange } from "@/client/settings/use-may-change";
import { useEnvironment } from "@/client/url-state";
import { useSlo } from "@/client/use-slo";
import type { SloView } from "@/contracts/http";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { Budget } from "./budget";
import { EditTargets } from "./edit-targets";
import { ObjectiveCard } from "./objective-card";
import { type PreparedObjective, prepareObjectives } from "./prepare-objectives";

/** What users are promised, what is left of the budget for breaking it, and how fast that goes. */
export function ObjectivesTab() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useSlo(environment);
  if (data) return <Objectives view={data} />;
  return (
    <Card title="Objectives" flush>
      {error && <ErrorState error={error} title="The objectives could not be fetched" onRetry={() => refetch()} />}
      {!error && <SkeletonRows label="Objectives are being fetched" />}
    </Card>
  );
}

const COLUMNS: Column<PreparedObjective>[] = [
  { head: "Type", cell: ({ title }) => <span className="font-mono text-[12.5px]">{title}</span> },
  { head: "Target", figures: true, cell: ({ target }) => target },
  {
    head: "30 days",
    figures: true,
    cell: ({ ratio, kept }) => <span className={kept === false ? "font-semibold text-bad" : ""}>{ratio}</span>,
  },
  { head: "Budget", cell: ({ budget }) => <Budget budget={budget} /> },
  { head: "1 h", figures: true, cell: ({ burn }) => burn[0]?.long },
  { head: "6 h", figures: true, cell: ({ burn }) => burn[1]?.long },
  { head: "3 d", figures: true, roomy: true, cell: ({ burn }) => burn[2]?.long },
];

function Objectives({ view }: { view: SloView }) {
  const mayChange = useMayChange();
  const [editing, setEditing] = useState(false);
  const { promises, deliveries } = prepareObjectives(view);
  const nothing = view.objectives.every(({ total }) => total === 0);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="text-[13px] text-muted">
          Budgets are of 30 days; a rate of 1 spends one in a month. As of <Time at={view.at} />.
          {view.changedAt && (
            <>
              {" "}
              Targets were set <Time at={view.changedAt} /> by {view.changedBy}.
            </>
          )}
        </p>
        {mayChange && (
          <Button className="ml-auto" onClick={() => setEditing(true)}>
            Set targets …
          </Button>
        )}
      </div>
      {nothing && (
        <Card title="No data" flush>
          <EmptyState icon={Gauge} title="Nothing was counted in 30 days">
            Objectives are shares of what was counted: of nothing there is no share, neither a good nor a bad one.
          </EmptyState>
        </Card>
      )}
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {promises.map((objective) => (
          <ObjectiveCard key={objective.objective} objective={objective} />
        ))}
      </div>
      <Card title="Delivery of critical types" hint="with burn rates over the last hours" flush>
        <Table
          caption="Delivery of critical types"
          columns={COLUMNS}
          rows={deliveries}
          rowKey={({ objective }) => objective}
        />
      </Card>
      {editing && <EditTargets view={view} onClose={() => setEditing(false)} />}
    </>
  );
}
