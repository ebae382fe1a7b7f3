"use client";
import { PackageOpen } from "lucide-react";
import { figure, NO_DATA } from "@/client/format";
import { rangeAround } from "@/client/range";
import type { DeliveryView, JourneyDetail } from "@/contracts/http";
import { RouterLink } from "../routers/router-link";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { deliveryLook } from "./delivery-look";

const MAX_ROWS = 200;

interface Props {
  journey: JourneyDetail;
  onOpen: (id: string) => void;
}

/** Each message on its way to its user, and how far it came. */
export function Deliveries({ journey, onOpen }: Props) {
  const shown = journey.deliveries.slice(0, MAX_ROWS);
  const columns: Column<DeliveryView>[] = [
    { head: "State", cell: (delivery) => <State state={delivery.state} /> },
    { head: "Message", cell: (delivery) => <span className="font-mono text-[12.5px]">{delivery.type}</span> },
    { head: "To user", cell: (delivery) => <Recipient delivery={delivery} owner={journey.owner} /> },
    {
      head: "Connection",
      cell: (delivery) => <span className="font-mono text-[12.5px]">{delivery.connectionId ?? NO_DATA}</span>,
    },
    {
      head: "Router",
      cell: ({ router }) =>
        router ? (
          <RouterLink
            router={router}
            range={rangeAround(journey.startedAt, journey.endedAt)}
            className="block min-w-32"
          />
        ) : (
          NO_DATA
        ),
    },
    { head: "Emitted", cell: (delivery) => <Time at={delivery.emittedAt} as="clockWithMs" /> },
    { head: "Sent", cell: (delivery) => <Time at={delivery.sentAt} as="clockWithMs" /> },
    { head: "Acknowledged", cell: (delivery) => <Time at={delivery.ackedAt} as="clockWithMs" /> },
    {
      head: "Evidence",
      cell: ({ eventIds }) =>
        eventIds[0] === undefined ? null : (
          <button type="button" className="text-accent underline" onClick={() => eventIds[0] && onOpen(eventIds[0])}>
            open
          </button>
        ),
    },
  ];
  const all = journey.deliveries.length + journey.omitted.deliveries;
  const hint = shown.length < all ? `${figure(shown.length)} of ${figure(all)}` : undefined;
  return (
    <Card title="Deliveries" hint={hint ?? "what was made for the user, and to whom it went"} flush>
      {shown.length === 0 ? (
        <EmptyState icon={PackageOpen} title="No message was made for the user" />
      ) : (
        <Table
          caption="Deliveries"
          columns={columns}
          rows={shown}
          rowKey={(delivery) =>
            `${delivery.messageId} ${delivery.type} ${delivery.connectionId} ${delivery.eventIds[0]}`
          }
        />
      )}
    </Card>
  );
}

function State({ state }: { state: string }) {
  const { icon: Icon, tone, word } = deliveryLook(state);
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", tone)}>
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}

function Recipient({ delivery, owner }: { delivery: DeliveryView; owner: string | null }) {
  if (delivery.recipient === null)
    return <span className="text-faint">{delivery.state === "phantom" ? "nobody" : NO_DATA}</span>;
  const foreign = delivery.state === "leaked" || (owner !== null && delivery.recipient !== owner);
  return (
    <span className={cn(foreign && "font-semibold text-bad")}>
      {delivery.recipient}
      {foreign && <span className="whitespace-nowrap"> (not the owner)</span>}
    </span>
  );
}
