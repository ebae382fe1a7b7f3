"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { counted } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import { usePolicy, useSavePolicy } from "@/client/settings/use-policy";
import { useEnvironment } from "@/client/url-state";
import type { PolicyView } from "@/contracts/settings";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { WrappedName } from "../ui/wrapped-name";
import { AliasForm } from "./alias-form";
import { Origin } from "./origin";
import { type AliasRow, prepareAliases } from "./prepare-aliases";
import { SaveBar } from "./save-bar";

/** Other names of message types: what a source calls it, and what it counts as. */
export function AliasesTab() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = usePolicy(environment);
  if (error && !data) {
    return <ErrorState error={error} title="The aliases could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={6} label="The aliases are being fetched" />;
  return <Aliases key={`${data.environment} ${data.version}`} view={data} />;
}

function Aliases({ view }: { view: PolicyView }) {
  const mayChange = useMayChange() === true;
  const [saved, setSaved] = useState<Record<string, string>>(view.own.typeAliases ?? {});
  const save = useSavePolicy(view.environment);
  const { rows, changed, own } = prepareAliases(view, saved);
  const without = (alias: string) =>
    setSaved(Object.fromEntries(Object.entries(saved).filter(([key]) => key !== alias)));
  const columns: Column<AliasRow>[] = [
    { head: "Name sent", cell: (row) => <WrappedName className="font-mono text-[12.5px]">{row.alias}</WrappedName> },
    {
      head: "Counts as",
      cell: (row) => (
        <>
          <WrappedName className="font-mono text-[12.5px]">{row.type}</WrappedName>
          {row.inboundOnly && <span className="block text-faint text-xs">where a message is on its way in</span>}
          {row.overridden && <span className="block text-warn text-xs">the alias above takes its place</span>}
        </>
      ),
    },
    { head: "From", cell: (row) => <Origin origin={row.origin} variable="SIGNALBOX_POLICY" /> },
    {
      head: "Action",
      headHidden: true,
      figures: true,
      cell: (row) =>
        row.origin === "saved" &&
        mayChange && (
          <button
            type="button"
            aria-label={`Remove ${row.alias}`}
            className="-my-1 inline-grid size-7 place-items-center text-faint hover:text-bad"
            onClick={() => without(row.alias)}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        ),
    },
  ];
  return (
    <>
      <Card
        title={`Aliases in ${view.environment}`}
        hint="For telemetry that comes in after the save. The name that was sent is kept beside it."
        flush
      >
        {mayChange && <AliasForm table={saved} onAdd={(alias, type) => setSaved({ ...saved, [alias]: type })} />}
        <Table caption="Aliases" columns={columns} rows={rows} rowKey={(row) => `${row.origin} ${row.alias}`} />
      </Card>
      <SaveBar
        changed={changed === 0 ? null : `${counted(changed, "alias", "aliases")} changed`}
        problem={save.error?.message ?? null}
        action="Save"
        busy={save.isPending}
        onSave={() => save.mutate({ basedOn: view.version, own })}
        onDiscard={() => {
          setSaved(view.own.typeAliases ?? {});
          save.reset();
        }}
      />
    </>
  );
}
