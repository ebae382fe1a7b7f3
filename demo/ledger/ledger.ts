/** The inboxes of all simulated clients: what each one asked, and everything that each one received. */
import type { ChatFrame } from "../chat/protocol";

export interface LedgerRequest {
  messageId: string;
  userId: string;
  threadId: string;
  type: string;
  /** Whether the user closed everything after this request and before the next. */
  left: boolean;
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

export interface Ledger {
  asked(request: Omit<LedgerRequest, "left">): void;
  /** The user closed everything on purpose. */
  left(userId: string): void;
  received(userId: string, connectionId: string, frame: ChatFrame): void;
  requests(): readonly LedgerRequest[];
  receipts(): readonly LedgerReceipt[];
}

/** Keeps the newest `limit` requests and twenty times as many receipts. */
export function createLedger(limit: number): Ledger {
  const requests: LedgerRequest[] = [];
  const receipts: LedgerReceipt[] = [];
  const add = <T>(list: T[], item: T, bound: number) => {
    list.push(item);
    if (list.length > bound * 1.5) list.splice(0, list.length - bound);
  };
  return {
    asked: (request) => add(requests, { ...request, left: false }, limit),
    left(userId) {
      const newest = requests.findLast((request) => request.userId === userId);
      if (newest) newest.left = true;
    },
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
  };
}
