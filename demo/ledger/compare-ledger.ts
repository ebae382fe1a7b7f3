/**
 * Holds Signalbox's journeys against the clients' inboxes. A message is in an inbox only if it was sent to that
 * connection, and confirmed only if it is in the inbox; what broke in between is the one thing only the client knows.
 */
import type { JudgedDelivery, JudgedJourney } from "./judged-journey";
import type { LedgerDeparture, LedgerReceipt, LedgerRequest } from "./ledger";

export interface LedgerBooks {
  requests: readonly LedgerRequest[];
  receipts: readonly LedgerReceipt[];
  departures: readonly LedgerDeparture[];
  /** A request answered in full takes less than this, and so does the last deadline of its messages. */
  settledAfterMs: number;
}

/** One line for each disagreement; all lists empty = the ledger and Signalbox say the same. */
export interface LedgerDifference {
  /** Messages that reached a user who had not asked. */
  leaks: string[];
  /** Messages that reached a user who had not asked, against the findings that say so. */
  strays: string[];
  /** Messages that reached the user who had asked. */
  receipts: string[];
  /** Messages that one connection got more than once. */
  repeats: string[];
  /** Critical messages that never reached the user who had asked. */
  losses: string[];
  /** Requests whose answer reached the user who had asked. */
  answers: string[];
}

const CRITICAL = new Set(["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"]);
const LOSSES = new Set(["event_lost", "event_dropped", "event_unacked", "phantom_delivery"]);
/** Journeys in which what did not arrive is nobody's failure, or not yet. */
const EXCUSED = new Set(["abandoned", "cancelled", "running", "unobserved"]);

export function compareLedger(books: LedgerBooks, journeys: JudgedJourney[]): LedgerDifference {
  const { requests, receipts } = books;
  const askedBy = new Map(requests.map((request) => [request.messageId, request.userId]));
  const known = receipts.filter((receipt) => askedBy.has(receipt.inReplyTo));
  const own = known.filter((receipt) => askedBy.get(receipt.inReplyTo) === receipt.userId);
  const stray = known.filter((receipt) => askedBy.get(receipt.inReplyTo) !== receipt.userId);
  const reached = journeys.map((journey) => ({
    own: journey.deliveries.filter(({ sent, recipient }) => sent && recipient === journey.owner),
    stray: journey.deliveries.filter(
      ({ sent, recipient }) => sent && recipient !== null && journey.owner !== null && recipient !== journey.owner,
    ),
  }));

  return {
    leaks: nested({
      sent: lines(
        reached.flatMap((journey) => journey.stray),
        atRecipient,
      ),
      received: lines(stray, atUser),
      confirmed: lines(reached.flatMap((journey) => journey.stray).filter(isAcked), atRecipient),
    }),
    strays: strayDifference(
      stray,
      journeys,
      reached.flatMap((journey) => journey.stray),
    ),
    receipts: nested({
      sent: lines(
        reached.flatMap((journey) => journey.own),
        onConnection,
      ),
      received: lines(own, onConnection),
      confirmed: lines(reached.flatMap((journey) => journey.own).filter(isAcked), onConnection),
    }),
    repeats: differing(
      repeated(known),
      messagesOf(journeys, ({ code }) => code === "duplicate_delivery"),
    ),
    losses: lossDifference(own, journeys, leftUnsettled(books)),
    answers: answerDifference(own, journeys),
  };
}

const isAcked = (delivery: JudgedDelivery) => delivery.acked;
const onConnection = (at: { messageId: string; connectionId: string | null }) =>
  `${at.messageId} on ${at.connectionId}`;
const atRecipient = (delivery: JudgedDelivery) => `${delivery.messageId} at ${delivery.recipient}`;
const atUser = (receipt: LedgerReceipt) => `${receipt.messageId} at ${receipt.userId}`;
const lines = <T>(items: readonly T[], toLine: (item: T) => string) => new Set(items.map(toLine));

const minus = (left: ReadonlySet<string>, right: ReadonlySet<string>, note: string) =>
  [...left].filter((line) => !right.has(line)).map((line) => `${note}: ${line}`);

/** Whether confirmed ⊆ received ⊆ sent. */
function nested(sets: Record<"sent" | "received" | "confirmed", ReadonlySet<string>>): string[] {
  return [
    ...minus(sets.received, sets.sent, "in an inbox, and not sent for Signalbox"),
    ...minus(sets.confirmed, sets.received, "confirmed for Signalbox, and in no inbox"),
  ];
}

const differing = (ledger: ReadonlySet<string>, signalbox: ReadonlySet<string>) => [
  ...minus(ledger, signalbox, "only the ledger"),
  ...minus(signalbox, ledger, "only Signalbox"),
];

function messagesOf(journeys: JudgedJourney[], wanted: (finding: JudgedJourney["findings"][number]) => boolean) {
  return new Set(
    journeys.flatMap(({ findings }) => findings.filter(wanted).flatMap(({ messageId }) => messageId ?? [])),
  );
}

/** What was sent to a stranger whose network went away is a leak too; nobody confirmed it, and it is in no inbox. */
function strayDifference(
  stray: readonly LedgerReceipt[],
  journeys: JudgedJourney[],
  sentAstray: readonly JudgedDelivery[],
): string[] {
  const toId = ({ messageId }: { messageId: string }) => messageId;
  const arrived = lines(stray, toId);
  const found = messagesOf(journeys, ({ code }) => code === "wrong_recipient");
  const confirmed = lines(sentAstray.filter(isAcked), toId);
  const unconfirmed = sentAstray.map(toId).filter((messageId) => !confirmed.has(messageId));
  return [
    ...minus(arrived, found, "only the ledger"),
    ...minus(found, new Set([...arrived, ...unconfirmed]), "only Signalbox"),
  ];
}

/** Messages that arrived on one connection more than once. */
function repeated(receipts: readonly LedgerReceipt[]): Set<string> {
  const seen = new Set<string>();
  return new Set(
    receipts.flatMap((receipt) => {
      const line = onConnection(receipt);
      if (seen.has(line)) return [receipt.messageId];
      seen.add(line);
      return [];
    }),
  );
}

/** Requests whose users left before all that they were owed was due: what falls due after that is nobody's failure. */
export function leftUnsettled({ requests, departures, settledAfterMs }: LedgerBooks): Set<string> {
  const unsettled = requests.filter(({ userId, askedAtMs }) =>
    departures.some(
      (departure) =>
        departure.userId === userId &&
        departure.leftAtMs >= askedAtMs &&
        departure.leftAtMs < askedAtMs + settledAfterMs,
    ),
  );
  return lines(unsettled, (request) => request.messageId);
}

function lossDifference(
  own: readonly LedgerReceipt[],
  journeys: JudgedJourney[],
  unsettled: ReadonlySet<string>,
): string[] {
  const arrived = lines(own, (receipt) => receipt.messageId);
  const isExcused = ({ owner, status, findings, linked }: JudgedJourney) =>
    owner === null ||
    EXCUSED.has(status) ||
    findings.some(({ code }) => code === "connection_lost") ||
    linked.some((id) => unsettled.has(id));
  const owed = journeys
    .filter((journey) => !isExcused(journey))
    .flatMap(({ deliveries }) => deliveries.filter(({ type }) => CRITICAL.has(type)));
  const missing = new Set(owed.map(({ messageId }) => messageId).filter((messageId) => !arrived.has(messageId)));
  const explained = messagesOf(
    journeys,
    ({ code, fails }) => fails && (LOSSES.has(code) || code === "wrong_recipient"),
  );
  const lost = messagesOf(journeys, ({ code, fails }) => fails && LOSSES.has(code));
  return [
    ...minus(missing, explained, "never arrived, and no finding says so"),
    ...[...lost]
      .filter((messageId) => arrived.has(messageId))
      .map((messageId) => `arrived, and found lost: ${messageId}`),
  ];
}

/** A request that two runs answer has two answers, and which of them counts is not the ledger's to say. */
function answerDifference(own: readonly LedgerReceipt[], journeys: JudgedJourney[]): string[] {
  const finals = lines(
    own.filter((receipt) => receipt.final),
    (receipt) => receipt.messageId,
  );
  return journeys
    .filter(({ owner, findings }) => owner !== null && findings.every(({ code }) => code !== "duplicate_run"))
    .flatMap(({ id, deliveries, answerDelivered, answerAcked }) => {
      const answered = deliveries.some(({ messageId }) => finals.has(messageId));
      if (answered && !answerDelivered) return [`answered, and not for Signalbox: ${id}`];
      return answerAcked && !answered ? [`answered for Signalbox only: ${id}`] : [];
    });
}
