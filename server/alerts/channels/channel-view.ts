/** Channels and deliveries as answers show them. */
import { z } from "zod";
import {
  type ChannelRow,
  channelKind,
  channelRow,
  channelSeverity,
  type DeliveryRow,
  deliveryState,
} from "@/contracts/channels";
import { describeDelivery } from "@/domain/alerts/describe-delivery";
import { iso, isoOrNull } from "@/server/queries/iso";
import type { ListedChannel, ListedDelivery } from "@/server/storage/alerts/channel-rows";
import type { Target } from "./sealed-target";

/** What may be seen of a target; stored beside it. */
export const shownTarget = channelRow.pick({ address: true, auth: true, headerName: true });

/** Of a shorter one four characters may be a good part of what is secret in it. */
const LONG_PATH = 40;
const SHOWN_END = 4;

export function showTarget({ url, auth, header }: Target): z.infer<typeof shownTarget> {
  const { protocol, host, pathname, search } = new URL(url);
  const path = pathname + search;
  return {
    address: {
      scheme: protocol === "https:" ? "https" : "http",
      host,
      ends: path.length < LONG_PATH ? "" : path.slice(-SHOWN_END),
    },
    auth: auth?.kind ?? "none",
    headerName: header?.name ?? null,
  };
}

export function channelView(row: ListedChannel): ChannelRow {
  const { id, name, environments, sendResolved, enabled, waiting, createdBy, changedBy } = row;
  const { lastState, lastAt, lastStatusCode, lastError } = row;
  return {
    ...{ id, kind: channelKind.parse(row.kind), name, ...shownTarget.parse(row.shown) },
    ...{ environments, minimumSeverity: channelSeverity.parse(row.minimumSeverity), sendResolved, enabled },
    ...{ createdAt: iso(row.createdAt), createdBy, changedAt: iso(row.changedAt), changedBy, waiting },
    last:
      lastState === null || lastAt === null
        ? null
        : { state: deliveryState.parse(lastState), at: iso(lastAt), statusCode: lastStatusCode, error: lastError },
  };
}

const status = z.enum(["firing", "resolved"]);

export function deliveryView(row: ListedDelivery): DeliveryRow {
  const { id, channelId, channelName, environment, attempts, repeats, statusCode, error, alerts } = row;
  const state = deliveryState.parse(row.state);
  return {
    ...{
      id,
      channelId,
      channelName,
      environment,
      title: row.title ?? "Alert",
      status: status.parse(row.status),
      alerts,
    },
    ...{ test: row.isTest, state, attempts, repeats, statusCode, error },
    says: describeDelivery({ state, attempts, statusCode, error }),
    createdAt: iso(row.createdAt),
    triedAt: isoOrNull(row.triedAt),
    nextAt: isoOrNull(row.nextAt),
  };
}
