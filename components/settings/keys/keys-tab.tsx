"use client";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { figure } from "@/client/format";
import { useAccessKeys, useRevokeKey } from "@/client/settings/use-access";
import { useMayChange } from "@/client/settings/use-may-change";
import { useListFilter } from "@/client/url-state";
import { ALL_ENVIRONMENTS, type CreatedKey, type KeyRow } from "@/contracts/access";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { Select } from "../../ui/select";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { ListCard } from "../list-card";
import { AdminsOnly } from "../read-only-note";
import { KeySecret } from "./key-secret";
import { NewKeyForm } from "./new-key-form";

const STATES = [
  { value: "active", label: "active" },
  { value: "revoked", label: "revoked" },
  { value: "", label: "all" },
];

/** Keys of programs: made, shown once, revoked. */
export function KeysTab() {
  const mayChange = useMayChange();
  const [chosen, setState] = useListFilter("state");
  const state = chosen ?? "active";
  const list = useAccessKeys(state === "all" ? null : state, mayChange === true);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const [revoking, setRevoking] = useState<KeyRow | null>(null);
  const revoke = useRevokeKey();
  if (mayChange === false) return <AdminsOnly what="Keys" />;
  const columns: Column<KeyRow>[] = [
    {
      head: "Name",
      cell: (key) => (
        <>
          <span className="font-medium">{key.name}</span>
          <code className="block font-mono text-faint text-xs">{key.prefix}…</code>
        </>
      ),
    },
    { head: "May", cell: (key) => key.role },
    {
      head: "Environments",
      cell: (key) => (key.environments[0] === ALL_ENVIRONMENTS ? "all" : key.environments.join(", ")),
    },
    { head: "A minute", roomy: true, cell: (key) => <Limits value={key} /> },
    {
      head: "Made",
      roomy: true,
      cell: (key) => (
        <>
          <Time at={key.createdAt} />
          <span className="block text-faint text-xs">by {key.createdBy || "an unknown person"}</span>
        </>
      ),
    },
    { head: "Last used", roomy: true, cell: (key) => (key.lastUsedAt ? <Time at={key.lastUsedAt} /> : "never") },
    {
      head: "Action",
      headHidden: true,
      figures: true,
      cell: (key) =>
        key.revokedAt ? (
          <span className="text-faint text-xs">
            revoked <Time at={key.revokedAt} /> by {key.revokedBy ?? "an unknown person"}
          </span>
        ) : (
          <Button size="small" look="quiet" aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
            Revoke …
          </Button>
        ),
    },
  ];
  return (
    <>
      <ListCard
        title="Keys"
        hint={list.first?.presetAdminKey ? "Beside these, SIGNALBOX_ADMIN_KEY is an admin key." : undefined}
        actions={
          <>
            <Select
              label="Show"
              labelled
              value={state === "all" ? "" : state}
              options={STATES}
              onChange={(value) => setState(value === "active" ? null : value || "all")}
            />
            <Button look="strong" onClick={() => setMaking(true)}>
              <Plus aria-hidden className="size-3.5" />
              Make a key
            </Button>
          </>
        }
        list={list}
        columns={columns}
        rowKey={(key) => key.id}
        empty={{ icon: KeyRound, title: state === "revoked" ? "No key was revoked" : "No key has been made" }}
      />
      {making && (
        <NewKeyForm
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {made && <KeySecret made={made} onClose={() => setMade(null)} />}
      <Confirm
        title={`Revoke the key ${revoking?.name ?? ""}?`}
        action="Revoke"
        open={revoking !== null}
        busy={revoke.isPending}
        problem={revoke.error?.message ?? null}
        onClose={() => setRevoking(null)}
        onConfirm={() => revoking && revoke.mutate(revoking.id, { onSuccess: () => setRevoking(null) })}
      >
        Whatever uses it is refused from the next request on, and its sockets close within five seconds. A revoked key
        cannot be used again.
      </Confirm>
    </>
  );
}

function Limits({ value }: { value: KeyRow }) {
  const parts = [
    value.requestsPerMinute === null ? [] : `${figure(value.requestsPerMinute)} requests`,
    value.eventsPerMinute === null ? [] : `${figure(value.eventsPerMinute)} events`,
  ].flat();
  return parts.length === 0 ? <span className="text-faint">no limit</span> : parts.join(", ");
}
