import { z } from "zod";
import type { Notification } from "@/domain/alerts/notification";

const words = z.record(z.string(), z.string());
const status = z.enum(["firing", "resolved"]);
const time = z.coerce.date();

const stored = z.object({
  environment: z.string(),
  groupKey: z.string(),
  groupLabels: words,
  status,
  alerts: z.array(
    z.object({
      ...{ status, labels: words, annotations: words, startsAt: time, endsAt: z.union([z.null(), time]) },
      ...{ fingerprint: z.string(), path: z.string(), silenced: z.boolean().default(false) },
      isNews: z.boolean().default(true),
    }),
  ),
});

/** A notification as the outbox holds it. Throws where it is none. */
export function readNotification(json: unknown): Notification {
  return stored.parse(json);
}
