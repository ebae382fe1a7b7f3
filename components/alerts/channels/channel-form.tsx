"use client";
import { useState } from "react";
import { ApiError } from "@/client/api";
import { useEnvironment } from "@/client/url-state";
import { useSaveChannel } from "@/client/use-channels";
import { useSession } from "@/client/use-session";
import type { ChannelKind, ChannelRow } from "@/contracts/channels";
import { Environments } from "../../settings/keys/environments";
import { FormDialog } from "../../ui/form-dialog";
import { RadioList } from "../../ui/radio-list";
import { Select } from "../../ui/select";
import { TextField } from "../../ui/text-field";
import { addressText, KINDS, SEVERITY_CHOICES } from "./channel-words";
import { CheckField } from "./check-field";
import { emptyChannel, ofKind, prepareChannel, problemsOf, typedChannel } from "./prepare-channel";
import { SignIn } from "./sign-in";

const ORDER: readonly ChannelKind[] = ["webhook", "alertmanager", "slack"];

interface Props {
  /** The channel that is changed; null = a new one. */
  stored: ChannelRow | null;
  onClose: () => void;
  onSaved: (row: ChannelRow) => void;
}

/** Makes a channel or changes one. What is stored of its address and secrets is not shown, and stays unless it is typed anew. */
export function ChannelForm({ stored, onClose, onSaved }: Props) {
  const [environment] = useEnvironment();
  const known = useSession().data?.environments ?? [];
  const [typed, setTyped] = useState(() => (stored ? typedChannel(stored) : emptyChannel(environment)));
  const [tried, setTried] = useState(false);
  const save = useSaveChannel();
  const { send, problems } = prepareChannel(typed, stored);
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const submit = () => {
    setTried(true);
    if (send) save.mutate(send, { onSuccess: onSaved });
  };
  const fields = save.error instanceof ApiError ? save.error.fields : [];
  const told = { ...(tried ? problems : {}), ...problemsOf(fields) };
  const words = KINDS[typed.kind];
  return (
    <FormDialog
      wide
      title={stored ? `Change ${stored.name}` : "Make a channel"}
      lead={
        stored
          ? `${words.title} at ${addressText(stored.address)}`
          : "Alerts of some environments and severities are told there."
      }
      onClose={onClose}
      action={stored ? "Save" : "Make the channel"}
      refused={fields.length === 0 ? (save.error?.message ?? null) : null}
      disabled={save.isPending}
      onSubmit={submit}
    >
      {!stored && <Kinds value={typed.kind} onChange={(kind) => setTyped(ofKind(typed, kind))} />}
      <TextField
        label="Name"
        hint={
          typed.kind === "webhook" ? "As lists show it, and as the message names its receiver." : "As lists show it."
        }
        placeholder="on-call"
        value={typed.name}
        problem={told.name}
        onChange={(name) => set({ name })}
        autoFocus
      />
      <TextField
        label={words.urlLabel}
        hint={stored ? "Leave it empty to keep the stored one, which is never shown." : words.urlHint}
        placeholder={stored ? addressText(stored.address) : words.example}
        inputMode="url"
        value={typed.url}
        problem={told.url}
        onChange={(url) => set({ url })}
      />
      {typed.kind !== "slack" && <SignIn typed={typed} stored={stored} told={told} onChange={set} />}
      <Environments
        value={typed.environments}
        known={known}
        problem={told.environments}
        onChange={(environments) => set({ environments })}
      />
      <div className="flex flex-col gap-1 text-[13px]">
        <span className="font-medium">Severity</span>
        <Select
          label="Severity"
          className="w-fit"
          value={typed.minimumSeverity}
          options={SEVERITY_CHOICES}
          onChange={(minimumSeverity) => set({ minimumSeverity })}
        />
        <p className="text-faint text-xs">
          A page counts as critical, a ticket as a warning. The Watchdog goes only where everything is told, as an
          Alertmanager is unless you choose less.
        </p>
      </div>
      <div className="flex flex-col gap-1.5">
        {typed.kind !== "alertmanager" && (
          <CheckField
            label="Tell it too when an alert is over"
            value={typed.sendResolved}
            onChange={(sendResolved) => set({ sendResolved })}
          />
        )}
        <CheckField
          label="Switched on"
          hint={stored?.enabled && !typed.enabled ? "What waits in it is not sent." : undefined}
          value={typed.enabled}
          onChange={(enabled) => set({ enabled })}
        />
      </div>
    </FormDialog>
  );
}

function Kinds({ value, onChange }: { value: ChannelKind; onChange: (kind: ChannelKind) => void }) {
  const choices = ORDER.map((kind) => ({
    value: kind,
    says: (
      <>
        <b className="font-medium">{KINDS[kind].title}</b> <span className="text-muted">{KINDS[kind].says}</span>
      </>
    ),
  }));
  return <RadioList legend="It leads to" value={value} choices={choices} onChange={onChange} />;
}
