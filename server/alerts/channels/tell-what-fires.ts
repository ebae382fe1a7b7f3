import { ALL_ENVIRONMENTS } from "@/contracts/access";
import { ALERT_RULES } from "@/domain/alerts/rules";
import { toNotification } from "@/domain/alerts/to-notification";
import { lockAlerts, standingAlerts } from "@/server/storage/alerts/alerts";
import { alertedEnvironments } from "@/server/storage/alerts/rule-state";
import type { Database } from "@/server/storage/database";
import { inTransaction } from "@/server/storage/transaction";
import { enqueueNotification } from "./enqueue";

interface Listener {
  /** Id of the channel. */
  channel: string;
  environments: readonly string[];
}

/**
 * Tells one channel what fires and others were told already: it is new, was switched on, or leads or listens elsewhere now.
 * What others were not told yet it hears of together with them. No end is overtaken: evaluators wait meanwhile.
 */
export async function tellWhatFires(db: Database, { channel, environments }: Listener, nowMs: number): Promise<void> {
  const heard = environments.includes(ALL_ENVIRONMENTS) ? await alertedEnvironments(db.pool) : environments;
  for (const environment of heard) {
    await inTransaction(db, async (tx) => {
      await lockAlerts(tx, environment);
      const firing = (await standingAlerts(tx, [environment])).filter(
        ({ record }) => record.state.phase === "firing" && record.told === "firing",
      );
      for (const rule of ALERT_RULES) {
        const group = firing.filter((alert) => alert.rule === rule);
        const notification = toNotification({ environment, rule }, "firing", group);
        if (group.length > 0) await enqueueNotification(tx, notification, nowMs, channel);
      }
    });
  }
}
