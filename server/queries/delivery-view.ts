import type { DeliveryView } from "@/contracts/http";
import { isoOrNull } from "./iso";
import type { StoredVerdict } from "./stored-verdict";

/** One message on its way to one connection. */
export function deliveryView(delivery: StoredVerdict["deliveries"][number]): DeliveryView {
  const { emittedAtMs, sentAtMs, ackedAtMs, ...same } = delivery;
  return {
    ...same,
    eventIds: same.eventIds.slice(0, 20),
    emittedAt: isoOrNull(emittedAtMs),
    sentAt: isoOrNull(sentAtMs),
    ackedAt: isoOrNull(ackedAtMs),
  };
}
