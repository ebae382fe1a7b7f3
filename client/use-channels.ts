"use client";
/** Channels that alerts are told through, and what was told: for admins only. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type ChannelChange,
  type ChannelList,
  type ChannelRow,
  channelList,
  channelRow,
  channelTest,
  type DeliveryList,
  type DeliveryRow,
  deliveryList,
  type NewChannel,
} from "@/contracts/channels";
import { apiSend } from "./api";
import { keys } from "./keys";
import { deliveriesRoom } from "./live/delivery-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { usePaged } from "./settings/use-paged";

export function useChannels(enabled: boolean) {
  return usePaged<ChannelRow, ChannelList>({
    queryKey: keys.channels(),
    path: "channels",
    query: { limit: 100 },
    schema: channelList,
    enabled,
  });
}

/** Deliveries of a channel and in a state; null = all. Fetched again when something of `environment` was told. */
export function useDeliveries(
  environment: string | null,
  { channel, state }: { channel: string | null; state: string | null },
  enabled: boolean,
) {
  const cache = useQueryClient();
  useLiveRoom(environment === null || !enabled ? null : rooms.deliveries(environment), () => deliveriesRoom(cache));
  return usePaged<DeliveryRow, DeliveryList>({
    queryKey: keys.deliveries(channel, state),
    path: "deliveries",
    query: { channel, state, limit: 25 },
    schema: deliveryList,
    enabled,
  });
}

/** Makes a channel, or changes the one with this id. */
export function useSaveChannel() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (given: { id: null; body: NewChannel } | { id: string; body: ChannelChange }) =>
      given.id === null
        ? apiSend("POST", "channels", { body: given.body }, channelRow)
        : apiSend("PATCH", channelPath(given.id), { body: given.body }, channelRow),
    onSuccess: renew,
  });
}

export function useDeleteChannel() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: string) => apiSend("DELETE", channelPath(id), {}, channelRow),
    onSuccess: renew,
  });
}

/** Tells a channel a test, and answers what became of it. */
export function useTestChannel() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: string) => apiSend("POST", `${channelPath(id)}/test`, {}, channelTest),
    onSuccess: renew,
  });
}

const channelPath = (id: string) => `channels/${encodeURIComponent(id)}`;

function useRenew() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: keys.channels() });
    void cache.invalidateQueries({ queryKey: ["deliveries"] });
  };
}
