import type { ObservedEvent } from "../../telemetry/event";
import { isCritical, stepOf } from "../message-kinds";
import type { Message } from "../messages";
import type { Finding, FindingCode, Hop, Severity, Step } from "../types";

interface Draft {
  code: FindingCode;
  severity: Severity;
  fails: boolean;
  step: Step | null;
  dueMs: number;
  hop?: Hop | null;
  router?: string | null;
  message?: Message | null;
  evidence: readonly (ObservedEvent | null | undefined)[];
}

export function finding(draft: Draft): Finding {
  return {
    code: draft.code,
    severity: draft.severity,
    fails: draft.fails,
    step: draft.step,
    hop: draft.hop ?? null,
    router: draft.router ?? null,
    messageId: draft.message?.messageId ?? null,
    messageType: draft.message?.type ?? null,
    dueMs: draft.dueMs,
    eventIds: [...new Set(draft.evidence.flatMap((event) => event?.id ?? []))],
  };
}

/** A finding about one message; it fails the journey where the message is critical. */
export function messageFinding(
  message: Message,
  draft: Omit<Draft, "step" | "fails" | "message" | "router"> & { fails?: boolean; router?: string | null },
): Finding {
  return finding({
    fails: isCritical(message.type),
    router: lastRouter(message.events),
    ...draft,
    step: stepOf(message.type),
    message,
  });
}

/** The router that touched these events last. */
export function lastRouter(events: readonly ObservedEvent[]): string | null {
  return events.findLast((event) => event.router !== null)?.router ?? null;
}
