"use client";
import { useMayChange } from "@/client/settings/use-may-change";
import { useChannels } from "@/client/use-channels";
import { AdminsOnly } from "../../settings/read-only-note";
import { ChannelsCard } from "./channels-card";
import { DeliveriesCard } from "./deliveries-card";

/** Where alerts are told, and what became of what was told. */
export function ChannelsTab() {
  const mayChange = useMayChange();
  const list = useChannels(mayChange === true);
  if (mayChange === false) return <AdminsOnly what="Channels" />;
  return (
    <>
      <ChannelsCard list={list} />
      <DeliveriesCard channels={list.items} enabled={mayChange === true} />
    </>
  );
}
