"use client";
import { Megaphone, Pencil, Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteChannel, useTestChannel } from "@/client/use-channels";
import { ALL_ENVIRONMENTS } from "@/contracts/access";
import type { ChannelRow, ChannelTest } from "@/contracts/channels";
import { ListCard } from "../../settings/list-card";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { WrappedName } from "../../ui/wrapped-name";
import { ChannelForm } from "./channel-form";
import { addressText, isOpen, KINDS, severityText } from "./channel-words";
import { DeliveryState } from "./delivery-state";
import { TestOutcome } from "./test-outcome";

interface Props {
  list: Parameters<typeof ListCard<ChannelRow>>[0]["list"];
}

/** Channels: made, changed, tested, deleted. */
export function ChannelsCard({ list }: Props) {
  const [editing, setEditing] = useState<ChannelRow | "new" | null>(null);
  const [deleting, setDeleting] = useState<ChannelRow | null>(null);
  const [tested, setTested] = useState<{ channel: ChannelRow; answer: ChannelTest | Error } | null>(null);
  const remove = useDeleteChannel();
  const test = useTestChannel();
  const sendTest = (channel: ChannelRow) => {
    setTested(null);
    test.mutate(channel.id, {
      onSuccess: (answer) => setTested({ channel, answer }),
      onError: (answer) => setTested({ channel, answer }),
    });
  };
  const columns: Column<ChannelRow>[] = [
    {
      head: "Channel",
      cell: (channel) => (
        <div className="min-w-32">
          <span className="font-medium">
            <WrappedName>{channel.name}</WrappedName>
          </span>
          <span className="block break-all text-faint text-xs">
            {KINDS[channel.kind].title} · {addressText(channel.address)}
          </span>
          {isOpen(channel.address) && channel.auth !== "none" && (
            <span className="block text-warn text-xs">its sign-in is sent unencrypted</span>
          )}
        </div>
      ),
    },
    { head: "Takes", roomy: true, cell: (channel) => <Takes channel={channel} /> },
    { head: "State", cell: (channel) => <ChannelState channel={channel} /> },
    {
      head: "Actions",
      headHidden: true,
      figures: true,
      cell: (channel) => (
        <div className="flex flex-wrap justify-end gap-1 sm:flex-nowrap">
          <Button size="small" disabled={test.isPending} onClick={() => sendTest(channel)}>
            <Send aria-hidden className="size-3" />
            {test.isPending && test.variables === channel.id ? "Sending …" : "Send a test"}
          </Button>
          <Button size="small" look="quiet" aria-label={`Change ${channel.name}`} onClick={() => setEditing(channel)}>
            <Pencil aria-hidden className="size-3.5" />
          </Button>
          <Button size="small" look="quiet" aria-label={`Delete ${channel.name}`} onClick={() => setDeleting(channel)}>
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </div>
      ),
    },
  ];
  return (
    <>
      <ListCard
        title="Channels"
        hint="Where alerts are told. Addresses and secrets are stored sealed."
        actions={
          <Button look="strong" onClick={() => setEditing("new")}>
            <Plus aria-hidden className="size-3.5" />
            Make a channel
          </Button>
        }
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: Megaphone, title: "No channel has been made: alerts are shown here and told nobody" }}
      >
        {tested && <TestOutcome name={tested.channel.name} answer={tested.answer} onClose={() => setTested(null)} />}
      </ListCard>
      {editing && (
        <ChannelForm
          stored={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => setEditing(null)}
        />
      )}
      <Confirm
        title={`Delete the channel ${deleting?.name ?? ""}?`}
        action="Delete"
        open={deleting !== null}
        busy={remove.isPending}
        problem={remove.error?.message ?? null}
        onClose={() => setDeleting(null)}
        onConfirm={() => deleting && remove.mutate(deleting.id, { onSuccess: () => setDeleting(null) })}
      >
        What waits in it is not sent, and its deliveries leave the log. An Alertmanager ends what it was told within
        four minutes.
      </Confirm>
    </>
  );
}

function Takes({ channel }: { channel: ChannelRow }) {
  const { environments, minimumSeverity, sendResolved } = channel;
  return (
    <>
      <WrappedName>{environments[0] === ALL_ENVIRONMENTS ? "all environments" : environments.join(", ")}</WrappedName>
      <span className="block text-faint text-xs">
        {severityText(minimumSeverity)}
        {sendResolved ? "" : ", not when it is over"}
      </span>
    </>
  );
}

function ChannelState({ channel: { enabled, waiting, last } }: { channel: ChannelRow }) {
  return (
    <div className="min-w-28">
      {!enabled && <span className="block font-medium text-muted">switched off</span>}
      {last ? (
        <>
          <DeliveryState state={last.state} attempts={1} />
          <span className="block text-faint text-xs">
            <Time at={last.at} />
          </span>
        </>
      ) : (
        enabled && <span className="text-muted">nothing told yet</span>
      )}
      {waiting > 0 && <span className="block text-warn text-xs">{waiting} to be sent</span>}
    </div>
  );
}
