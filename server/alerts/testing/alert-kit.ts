/** Alerts on a real database: an evaluator, a channel that takes everything, and what was put into its outbox. */
import { expect } from "vitest";
import type { Notification } from "@/domain/alerts/notification";
import type { TestApp } from "@/server/http/testing/test-app";
import { enqueueNotification } from "../channels/enqueue";
import { channelRow } from "../channels/testing/channel-row";
import { type AlertEvaluator, createEvaluator } from "../create-evaluator";

export interface AlertKit {
  evaluator: AlertEvaluator;
  /** Of each notification in the outbox (of one environment), the oldest first: its status and its alerts. */
  told(environment?: string): Promise<string[]>;
  notifications(): Promise<Notification[]>;
}

/** @param ignored alerts of this name are not named by `told` */
export async function createAlertKit({ db, clock, queries }: TestApp, ignored = "Watchdog"): Promise<AlertKit> {
  await db.prisma.alertChannel.create({ data: channelRow({ id: "all" }) });
  const fail = (_fields: object, message: string) => expect.unreachable(message);
  const evaluator = createEvaluator({
    db,
    nowMs: () => clock.nowMs,
    environments: queries.environments,
    enqueue: enqueueNotification,
    onEvaluated: () => undefined,
    log: { warn: fail, error: (fields, message) => expect.unreachable(`${message} ${JSON.stringify(fields)}`) },
  });
  const notifications = async () => {
    const rows = await db.prisma.alertDelivery.findMany({ orderBy: { seq: "asc" } });
    return rows.map(({ notification }) => notification as unknown as Notification);
  };
  return {
    evaluator,
    notifications,
    async told(environment) {
      const heard = (await notifications())
        .filter(({ groupLabels }) => groupLabels.alertname !== ignored)
        .filter((notification) => environment === undefined || notification.environment === environment);
      return heard.map(({ status, alerts }) => {
        const each = alerts.map((alert) => `${alert.status} ${alert.labels.alertname} ${alert.labels.router ?? ""}`);
        return `${status}: ${each
          .map((text) => text.trim())
          .toSorted()
          .join(", ")}`;
      });
    },
  };
}
