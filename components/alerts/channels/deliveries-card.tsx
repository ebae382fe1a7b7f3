"use client";
import { Mailbox, RefreshCw } from "lucide-react";
import { useEnvironment, useListFilter } from "@/client/url-state";
import { useDeliveries } from "@/client/use-channels";
import type { ChannelRow, DeliveryRow } from "@/contracts/channels";
import { ListCard } from "../../settings/list-card";
import { Button } from "../../ui/button";
import { Select } from "../../ui/select";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { WrappedName } from "../../ui/wrapped-name";
import { DeliveryState, STATE_CHOICES } from "./delivery-state";

const COLUMNS: Column<DeliveryRow>[] = [
  { head: "Since", cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    head: "Told",
    cell: (delivery) => (
      <div className="sm:min-w-28">
        <span className="font-medium">
          <WrappedName>{delivery.title}</WrappedName>
        </span>
        <span className="block text-muted text-xs">{aboutText(delivery)}</span>
      </div>
    ),
  },
  { head: "Through", cell: ({ channelName }) => <WrappedName>{channelName}</WrappedName> },
  {
    head: "State",
    cell: ({ state, attempts, says }) => (
      <div className="max-w-md sm:min-w-40">
        <DeliveryState state={state} attempts={attempts} />
        <span className="block text-muted text-xs">{says}</span>
      </div>
    ),
  },
  { head: "Tried", figures: true, cell: ({ attempts, repeats }) => attempts + repeats },
  { head: "Last", cell: ({ triedAt }) => <Time at={triedAt} as="clock" /> },
  { head: "Next", cell: ({ nextAt }) => <Time at={nextAt} as="clock" /> },
];

/** What was told through which channel, and what became of it. */
export function DeliveriesCard({ channels, enabled }: { channels: readonly ChannelRow[]; enabled: boolean }) {
  const [environment] = useEnvironment();
  const [channel, setChannel] = useListFilter("channel");
  const [state, setState] = useListFilter("state");
  const list = useDeliveries(environment, { channel, state }, enabled);
  const names = [{ value: "", label: "any" }, ...channels.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <ListCard
      title="Deliveries"
      hint="Newest first, kept for 30 days. One that fails is tried again for 6 hours."
      actions={
        <div className="flex flex-wrap items-center justify-end gap-1">
          <Select
            label="Channel"
            labelled
            value={channel ?? ""}
            options={names}
            onChange={(value) => setChannel(value || null)}
          />
          <Select
            label="State"
            labelled
            value={state ?? ""}
            options={STATE_CHOICES}
            onChange={(value) => setState(value || null)}
          />
          <Button size="icon" aria-label="Fetch the deliveries again" onClick={() => list.refetch()}>
            <RefreshCw aria-hidden className="size-3.5" />
          </Button>
        </div>
      }
      list={list}
      columns={COLUMNS}
      rowKey={({ id }) => id}
      empty={{ icon: Mailbox, title: channel || state ? "No delivery is like that" : "Nothing has been told yet" }}
    />
  );
}

function aboutText({ test, status, alerts, environment }: DeliveryRow): string {
  if (test) return "a test";
  return `${status}, ${alerts === 1 ? "1 alert" : `${alerts} alerts`} in ${environment}`;
}
