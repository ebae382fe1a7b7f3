import { ALL_ENVIRONMENTS } from "@/contracts/access";
import { ALERT_RULES } from "@/domain/alerts/rules";
import { toNotification } from "@/domain/alerts/to-notification";
import { type Connection, lockAlerts, saveAlerts, standingAlerts } from "@/server/storage/alerts/alerts";
import { alertedEnvironments } from "@/server/storage/alerts/rule-state";
import { enqueueNotification } from "./enqueue";

/** Of these environments no evaluator tells anything before the transaction ends. Answers them; of all, those that have alerts. */
export async function holdAlerts(tx: Connection, environments: readonly string[]): Promise<string[]> {
  const alerted = await alertedEnvironments(tx);
  const all = environments.includes(ALL_ENVIRONMENTS);
  const held = all ? alerted : [...new Set(environments)];
  // In one order everywhere, so that two that change channels never wait for each other.
  for (const environment of held.toSorted()) await lockAlerts(tx, environment);
  return held;
}

/**
 * Tells one channel what fires and others were told already: it is new, was switched on, or leads or listens elsewhere now.
 * What others were not told yet it hears of together with them. No end is overtaken: evaluators wait meanwhile.
 * @param held environments that are held, of which the channel hears those that it takes
 */
export async function tellWhatFires(
  tx: Connection,
  { channel, held }: { channel: string; held: readonly string[] },
  nowMs: number,
): Promise<void> {
  const firing = (await standingAlerts(tx, held)).filter(
    ({ record }) => record.state.phase === "firing" && record.told === "firing",
  );
  for (const environment of held) {
    for (const rule of ALERT_RULES) {
      const group = firing.filter((alert) => alert.rule === rule && alert.environment === environment);
      const notification = toNotification({ environment, rule }, "firing", group);
      if (group.length === 0) continue;
      const heard = await enqueueNotification(tx, notification, nowMs, channel);
      const told = group.filter(({ fingerprint }) => heard.has(fingerprint));
      await saveAlerts(
        tx,
        told.map((alert) => ({ ...alert, record: { ...alert.record, heardAtMs: nowMs } })),
      );
    }
  }
}
