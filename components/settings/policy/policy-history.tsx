"use client";
import { figure } from "@/client/format";
import type { PolicyVersionRow, PolicyView } from "@/contracts/settings";
import { Card } from "../../ui/card";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { PolicyChanges } from "./policy-changes";

const COLUMNS: Column<PolicyVersionRow>[] = [
  { head: "Version", cell: (row) => row.version },
  { head: "In force since", roomy: true, cell: (row) => (row.from === null ? "ever" : <Time at={row.from} />) },
  {
    head: "Saved",
    cell: (row) => (
      <>
        <Time at={row.savedAt} />
        <span className="block text-faint text-xs">
          {row.scope === "all" ? "for all environments, by the settings" : `by ${row.savedBy}`}
        </span>
      </>
    ),
  },
  {
    head: "Changed",
    className: "sm:min-w-64",
    cell: (row) =>
      row.changes.length === 0 ? (
        <span className="text-faint">the first</span>
      ) : (
        <PolicyChanges changes={row.changes} />
      ),
  },
];

/** Earlier versions: every verdict names the one that it was judged by. */
export function PolicyHistory({ view }: { view: PolicyView }) {
  return (
    <Card title="Versions" hint="A number names one policy across all environments." flush>
      <Table
        caption={`Versions of the policy of ${view.environment}`}
        columns={COLUMNS}
        rows={view.history}
        rowKey={(row) => String(row.version)}
      />
      {view.historyOmitted > 0 && (
        <p className="border-t px-4 py-2 text-faint text-xs">{figure(view.historyOmitted)} older versions not shown</p>
      )}
    </Card>
  );
}
