/** Telemetry as it goes over a wire → observations, through the same door as in production. */
import { allowList } from "../redaction/allow-list";
import { createRedactor } from "../redaction/redact";
import { normalise } from "../telemetry/normalise";
import type { AnyEvent } from "./judge-all";

/** @throws when an item would be rejected */
export function fromWire(items: readonly unknown[], receivedAtMs: number): AnyEvent[] {
  const hash = (text: string) => text;
  return items.map((item) => {
    const normalised = normalise(item, {
      receivedAtMs,
      retentionMs: Number.POSITIVE_INFINITY,
      environments: "all",
      defaultEnvironment: "test",
      typeAliases: () => ({}),
      redactor: createRedactor(allowList([]), hash),
      payloadHash: hash,
      sourceId: null,
    });
    if (!normalised.ok) throw new Error(normalised.rejection.message);
    const { closeCode, snapshot } = normalised.event.attributes;
    return {
      ...normalised.event,
      closeCode: typeof closeCode === "number" ? closeCode : null,
      snapshot: snapshot === true,
    };
  });
}
