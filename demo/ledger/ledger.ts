/** The inboxes of all simulated clients: what each one asked, and everything that each one received. */
import type { ChatFrame } from "../chat/protocol";

export interface LedgerRequest {
  messageId: string;
  userId: string;
  threadId: string;
  type: string;
  askedAtMs: number;
}

export interface LedgerReceipt {
  /** Whose client it is. */
  userId: string;
  connectionId: string;
  messageId: string;
  runId: string;
  type: string;
  inReplyTo: string;
  /** Whether it ends the answer: the completion of an agent that no other agent called. */
  final: boolean;
}

/** A user closed everything on purpose. */
export interface LedgerDeparture {
  userId: string;
  leftAtMs: number;
}

export interface Ledger {
  asked(request: Omit<LedgerRequest, "askedAtMs">): void;
  left(userId: string): void;
  received(userId: string, connectionId: string, frame: ChatFrame): void;
  requests(): readonly LedgerRequest[];
  receipts(): readonly LedgerReceipt[];
  departures(): readonly LedgerDeparture[];
}

/** Keeps the newest `limit` requests and departures, and twenty times as many receipts. */
export function createLedger(limit: number, nowMs: () => number = Date.now): Ledger {
  const requests: LedgerRequest[] = [];
  const receipts: LedgerReceipt[] = [];
  const departures: LedgerDeparture[] = [];
  const add = <T>(list: T[], item: T, bound: number) => {
    list.push(item);
    if (list.length > bound * 1.5) list.splice(0, list.length - bound);
  };
  return {
    asked: (request) => add(requests, { ...request, askedAtMs: nowMs() }, limit),
    left: (userId) => add(departures, { userId, leftAtMs: nowMs() }, limit),
    received: (userId, connectionId, { messageId, runId, type, inReplyTo, parentAgent }) =>
      add(
        receipts,
        {
          userId,
          connectionId,
          messageId,
          runId,
          type,
          inReplyTo,
          final: type === "agent_completed" && parentAgent === undefined,
        },
        limit * 20,
      ),
    requests: () => requests,
    receipts: () => receipts,
    departures: () => departures,
  };
}
