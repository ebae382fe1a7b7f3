/** What the ledger is held against: a journey as Signalbox judged it, taken from a verdict or from the read API. */
import type { JourneyDetail } from "@/contracts/http";
import type { Verdict } from "@/domain/journeys/types";

export interface JudgedDelivery {
  messageId: string;
  type: string;
  connectionId: string | null;
  recipient: string | null;
  sent: boolean;
  acked: boolean;
}

export interface JudgedJourney {
  id: string;
  status: string;
  owner: string | null;
  /** Every run and request that is part of it. */
  linked: readonly string[];
  answerDelivered: boolean;
  answerAcked: boolean;
  deliveries: JudgedDelivery[];
  findings: { code: string; messageId: string | null; fails: boolean }[];
}

export function judgedFromVerdict(verdict: Verdict): JudgedJourney {
  return {
    ...shared(verdict),
    deliveries: verdict.deliveries.flatMap(({ messageId, type, connectionId, recipient, sentAtMs, ackedAtMs }) =>
      messageId === null
        ? []
        : [{ messageId, type, connectionId, recipient, sent: sentAtMs !== null, acked: ackedAtMs !== null }],
    ),
    findings: verdict.findings.map(({ code, messageId, fails }) => ({ code, messageId, fails })),
  };
}

export function judgedFromDetail(detail: JourneyDetail): JudgedJourney {
  return {
    ...shared(detail),
    deliveries: detail.deliveries.flatMap(({ messageId, type, connectionId, recipient, sentAt, ackedAt }) =>
      messageId === null
        ? []
        : [{ messageId, type, connectionId, recipient, sent: sentAt !== null, acked: ackedAt !== null }],
    ),
    findings: detail.findings.map(({ code, messageId, fails }) => ({ code, messageId: messageId ?? null, fails })),
  };
}

function shared(journey: {
  id: string;
  status: string;
  owner: string | null;
  linked: readonly string[];
  steps: readonly { step: string; state: string; hop: string | null }[];
}) {
  const { id, status, owner, linked, steps } = journey;
  const answer = steps.find((step) => step.step === "response_delivered");
  const answerDelivered = answer?.state === "done";
  return { id, status, owner, linked, answerDelivered, answerAcked: answerDelivered && answer.hop === "acked" };
}
