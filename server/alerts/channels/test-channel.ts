import { randomUUID } from "node:crypto";
import { ALL_ENVIRONMENTS } from "@/contracts/access";
import { type ChannelTest, channelKind } from "@/contracts/channels";
import { type Attempt, outcomeOf } from "@/domain/alerts/delivery";
import { buildTestNotification } from "@/domain/alerts/test-notification";
import type { Database } from "@/server/storage/database";
import { deliveryView } from "./channel-view";
import { composePost } from "./compose-post";
import { type PostOptions, postJson } from "./post-json";
import type { Seal } from "./sealed-target";

export interface TestDeps {
  db: Database;
  seal: Seal;
  /** Where Signalbox is, for links. */
  baseUrl: () => string;
  nowMs: () => number;
  post?: PostOptions;
}

/** Tells a channel once, at once, also one that is switched off; null where there is none. The attempt stands in the log. */
export async function testChannel(deps: TestDeps, id: string, sentBy: string): Promise<ChannelTest | null> {
  const { db, seal, baseUrl, nowMs, post } = deps;
  const channel = await db.prisma.alertChannel.findUnique({ where: { id } });
  if (!channel) return null;
  const [deliveryId, startedAt] = [randomUUID(), new Date(nowMs())];
  const [first] = channel.environments;
  const environment = first === undefined || first === ALL_ENVIRONMENTS ? "default" : first;
  const notification = buildTestNotification(environment, sentBy, deliveryId, startedAt.getTime());
  const target = seal.open(id, channel.target);
  const kind = channelKind.parse(channel.kind);
  const told = target && { kind, name: channel.name, target, notification, deliveryId };
  const made: Attempt = told
    ? await postJson(composePost(told, baseUrl(), startedAt.getTime()), post)
    : { kind: "refused", error: "secret" };
  const [outcome, triedAt] = [outcomeOf(made, nowMs()), new Date(nowMs())];
  const sent = outcome.kind === "sent";
  const row = {
    ...{ id: deliveryId, environment, groupKey: notification.groupKey, status: "firing", isTest: true },
    ...{ state: sent ? "sent" : "failed", attempts: 1, repeats: 0, error: sent ? null : outcome.error },
    ...{ statusCode: made.kind === "answered" ? made.status : null, createdAt: startedAt, triedAt },
  };
  const { seq } = await db.prisma.alertDelivery.create({
    data: {
      ...{ ...row, channelId: id, nextAt: triedAt, endedAt: triedAt },
      notification: JSON.parse(JSON.stringify(notification)),
    },
  });
  const title = notification.groupLabels.alertname ?? null;
  const about = { seq: String(seq), channelId: id, channelName: channel.name, title, alerts: 1, nextAt: null };
  const delivery = deliveryView({ ...row, ...about });
  return { ok: sent, says: delivery.says, delivery };
}
