import type { Notification } from "@/domain/alerts/notification";
import { notificationsByMinimum } from "@/domain/alerts/notification-for";
import { insertDeliveries, type Transaction } from "@/server/storage/alerts/enqueue-deliveries";

/** Of Alertmanager, and of other channels that hear of ends or not. */
const EARS = [
  { takesForOver: true, hearsEnds: true },
  { takesForOver: false, hearsEnds: true },
  { takesForOver: false, hearsEnds: false },
];

/**
 * Puts a notification into the outbox, once for each enabled channel that takes its environment, with the alerts that the
 * channel takes. It is sent after the caller's transaction is committed, and never when that is rolled back. Answers the
 * fingerprints of the alerts that any channel hears of.
 * @param channel the only one to tell; null = all
 */
export async function enqueueNotification(
  tx: Transaction,
  notification: Notification,
  nowMs: number,
  channel: string | null = null,
): Promise<Set<string>> {
  const { environment, groupKey } = notification;
  const parts = EARS.flatMap((ears) =>
    notificationsByMinimum(notification, ears).map((part) => ({
      ...{ ...part, alertmanager: ears.takesForOver, ends: ears.hearsEnds, status: part.notification.status },
    })),
  );
  return insertDeliveries(tx, { environment, groupKey, channel, nowMs, parts: JSON.stringify(parts, storable) });
}

/** PostgreSQL takes no NUL and no half of a character. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\u0000", "\uFFFD").replace(/\p{Cs}/gu, "\uFFFD") : value;
}
