import { gravestSeverity, minimumsThatTake } from "@/domain/alerts/alert-severity";
import type { Notification } from "@/domain/alerts/notification";
import { insertDeliveries, type Transaction } from "@/server/storage/alerts/enqueue-deliveries";

/**
 * Puts a notification into the outbox, once for each enabled channel that takes its environment and severity. It is sent
 * after the caller's transaction is committed, and never when that is rolled back.
 */
export async function enqueueNotification(tx: Transaction, notification: Notification, nowMs: number): Promise<void> {
  const { environment, groupKey, status } = notification;
  await insertDeliveries(tx, {
    ...{ environment, groupKey, status, nowMs },
    notification: JSON.stringify(notification, storable),
    minimums: minimumsThatTake(gravestSeverity(notification)),
  });
}

/** PostgreSQL takes no NUL and no half of a character. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\u0000", "\uFFFD").replace(/\p{Cs}/gu, "\uFFFD") : value;
}
