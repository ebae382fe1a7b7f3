"use client";
import { useState } from "react";
import { counted } from "@/client/format";
import { useAllowedFields, useSaveAllowedFields } from "@/client/settings/use-allowed-fields";
import { useMayChange } from "@/client/settings/use-may-change";
import type { AllowedFieldsView } from "@/contracts/settings";
import { allowedFieldName } from "@/domain/redaction/allow-list";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { NameList } from "./name-list";
import { Origin } from "./origin";
import { SaveBar } from "./save-bar";

/** Field names whose plain values are stored. */
export function FieldsTab() {
  const { data, error, refetch } = useAllowedFields();
  if (error && !data) {
    return <ErrorState error={error} title="The allowed fields could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={4} label="The allowed fields are being fetched" />;
  return <Fields key={data.revision} view={data} />;
}

function Fields({ view }: { view: AllowedFieldsView }) {
  const named = (origin: string) => view.items.filter((item) => item.origin === origin).map(({ name }) => name);
  const before = named("saved");
  const [names, setNames] = useState(before);
  const fixed = useMayChange() !== true;
  const save = useSaveAllowedFields();
  const changed = [...names, ...before].filter((name) => names.includes(name) !== before.includes(name)).length;
  return (
    <>
      <Card
        title="Allowed fields"
        hint="For all environments. Of every other string only its length and a fingerprint are stored."
      >
        <p className="mb-4 max-w-prose text-[13px] text-muted">
          In payloads, attributes and error messages a value under one of these names is stored as it is, if it looks
          like a token: up to 64 letters, digits and <code className="font-mono">_ . : -</code>. A sentence never does.
          What is saved here counts for telemetry that comes in afterwards; what is stored is not rewritten.
        </p>
        <div className="flex flex-col gap-4">
          <Group origin="saved" empty={names.length === 0 ? "Nobody has added a name yet." : null}>
            <NameList
              label="Names allowed here"
              names={names}
              placeholder="field name"
              disabled={fixed}
              refuse={refuse}
              onChange={setNames}
            />
          </Group>
          {named("variable").length > 0 && (
            <Group origin="variable" empty={null}>
              <Names names={named("variable")} />
            </Group>
          )}
          <Group origin="built_in" empty={null}>
            <Names names={named("built_in")} />
          </Group>
        </div>
      </Card>
      <SaveBar
        changed={changed === 0 ? null : `${counted(changed, "name")} changed`}
        problem={save.error?.message ?? null}
        action="Save"
        busy={save.isPending}
        onSave={() => save.mutate({ basedOn: view.revision, names })}
        onDiscard={() => {
          setNames(before);
          save.reset();
        }}
      />
    </>
  );
}

interface GroupProps {
  origin: "saved" | "variable" | "built_in";
  empty: string | null;
  children: React.ReactNode;
}

function Group({ origin, empty, children }: GroupProps) {
  return (
    <div className="grid gap-2 sm:grid-cols-[13.5rem_minmax(0,1fr)]">
      <div>
        <Origin origin={origin} variable="SIGNALBOX_ALLOWED_FIELDS" />
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        {empty && <p className="text-[13px] text-faint">{empty}</p>}
        {children}
      </div>
    </div>
  );
}

function Names({ names }: { names: string[] }) {
  return <p className="break-words font-mono text-[12.5px] text-muted">{names.join(", ")}</p>;
}

function refuse(name: string): string | null {
  const parsed = allowedFieldName.safeParse(name);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? "cannot be used");
}
