import type { DeliveryView } from "@/contracts/http";
import { firstOf } from "./first-of";
import { isoOrNull } from "./iso";
import type { StoredVerdict } from "./stored-verdict";

const MAX_EVIDENCE = 20;

/** One message on its way to one connection. */
export function deliveryView(delivery: StoredVerdict["deliveries"][number]): DeliveryView {
  const { emittedAtMs, sentAtMs, ackedAtMs, ...same } = delivery;
  const evidence = firstOf(same.eventIds, MAX_EVIDENCE);
  return {
    ...same,
    eventIds: evidence.items,
    eventIdsOmitted: evidence.omitted,
    emittedAt: isoOrNull(emittedAtMs),
    sentAt: isoOrNull(sentAtMs),
    ackedAt: isoOrNull(ackedAtMs),
  };
}
