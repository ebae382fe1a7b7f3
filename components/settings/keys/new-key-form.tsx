"use client";
import { useState } from "react";
import { useMakeKey } from "@/client/settings/use-access";
import { useEnvironment } from "@/client/url-state";
import { useSession } from "@/client/use-session";
import type { CreatedKey, KeyRole } from "@/contracts/access";
import { FormDialog } from "../../ui/form-dialog";
import { RadioList } from "../../ui/radio-list";
import { TextField } from "../../ui/text-field";
import { Environments } from "./environments";
import { prepareNewKey } from "./prepare-new-key";

const ROLES: readonly { value: KeyRole; says: string }[] = [
  { value: "ingest", says: "sends telemetry, and reads nothing" },
  { value: "read", says: "reads everything of its environments" },
  { value: "admin", says: "does both, and manages keys, people and settings" },
];

const ROLE_CHOICES = ROLES.map(({ value, says }) => ({
  value,
  says: (
    <>
      <b className="font-medium">{value}</b> <span className="text-muted">{says}</span>
    </>
  ),
}));

interface Props {
  onClose: () => void;
  onMade: (key: CreatedKey) => void;
}

export function NewKeyForm({ onClose, onMade }: Props) {
  const [environment] = useEnvironment();
  const known = useSession().data?.environments ?? [];
  const [name, setName] = useState("");
  const [role, setRole] = useState<KeyRole>("ingest");
  const [environments, setEnvironments] = useState<string[]>(environment === null ? [] : [environment]);
  const [requests, setRequests] = useState("");
  const [events, setEvents] = useState("");
  const [tried, setTried] = useState(false);
  const make = useMakeKey();
  const { body, problems } = prepareNewKey({ name, role, environments, requests, events });
  const told = tried ? problems : {};
  const submit = () => {
    setTried(true);
    if (body) make.mutate(body, { onSuccess: onMade });
  };
  const refused = make.error?.message ?? null;
  return (
    <FormDialog
      title="Make a key"
      lead="For a program. Its secret is shown once, right after this."
      onClose={onClose}
      action="Make the key"
      refused={refused}
      disabled={make.isPending}
      onSubmit={submit}
    >
      <TextField
        label="Name"
        hint="What uses it, as lists and the audit log show it."
        placeholder="chat-backend"
        value={name}
        problem={told.name}
        onChange={setName}
        autoFocus
      />
      <RadioList legend="It may" value={role} choices={ROLE_CHOICES} onChange={setRole} />
      <Environments
        value={environments}
        known={known}
        problem={told.environments}
        note={
          environments.length > 1 && (
            <>
              Events that name no environment go to <b className="font-medium">{environments[0]}</b>.
            </>
          )
        }
        onChange={setEnvironments}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Requests a minute"
          hint="Empty = no limit."
          inputMode="numeric"
          value={requests}
          problem={told.requestsPerMinute}
          onChange={setRequests}
        />
        <TextField
          label="Events a minute"
          hint="Empty = no limit."
          inputMode="numeric"
          value={events}
          problem={told.eventsPerMinute}
          onChange={setEvents}
        />
      </div>
    </FormDialog>
  );
}
