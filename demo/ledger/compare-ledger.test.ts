import { describe, expect, it } from "vitest";
import { compareLedger, type LedgerBooks } from "./compare-ledger";
import type { JudgedDelivery, JudgedJourney } from "./judged-journey";
import type { LedgerReceipt } from "./ledger";

const EQUAL = { leaks: [], strays: [], receipts: [], repeats: [], losses: [], answers: [] };

const receipt = (overrides: Partial<LedgerReceipt> = {}): LedgerReceipt => ({
  userId: "u1",
  connectionId: "c1",
  messageId: "e1",
  runId: "r1",
  type: "agent_completed",
  inReplyTo: "m1",
  final: true,
  ...overrides,
});
const books = (...receipts: LedgerReceipt[]): LedgerBooks => booksOf(null, receipts);
const booksOf = (leftAtMs: number | null, receipts: LedgerReceipt[]): LedgerBooks => ({
  requests: [{ messageId: "m1", userId: "u1", threadId: "t1", type: "user_message", askedAtMs: 1_000 }],
  departures: leftAtMs === null ? [] : [{ userId: "u1", leftAtMs }],
  settledAfterMs: 15_000,
  receipts,
});
const delivery = (overrides: Partial<JudgedDelivery> = {}): JudgedDelivery => ({
  messageId: "e1",
  type: "agent_completed",
  connectionId: "c1",
  recipient: "u1",
  sent: true,
  acked: true,
  ...overrides,
});
const journey = (overrides: Partial<JudgedJourney> = {}): JudgedJourney => ({
  id: "r1",
  status: "succeeded",
  owner: "u1",
  linked: ["m1", "r1"],
  answerDelivered: true,
  answerAcked: true,
  deliveries: [delivery()],
  findings: [],
  ...overrides,
});
const unanswered = { answerDelivered: false, answerAcked: false };
const nobody = delivery({ connectionId: null, recipient: null, sent: false, acked: false });

describe("the ledger and Signalbox agree", () => {
  it("when what was confirmed arrived", () => {
    expect(compareLedger(books(receipt()), [journey()])).toEqual(EQUAL);
  });

  it("when a client got a message and its confirmation broke", () => {
    expect(compareLedger(books(receipt()), [journey({ deliveries: [delivery({ acked: false })] })])).toEqual(EQUAL);
  });

  it("when a loss was found and nothing arrived", () => {
    const lost = journey({
      ...unanswered,
      status: "failed",
      deliveries: [nobody],
      findings: [{ code: "event_lost", messageId: "e1", fails: true }],
    });
    expect(compareLedger(books(), [lost])).toEqual(EQUAL);
  });

  it("when what was sent to a stranger was lost with the stranger's network", () => {
    const stray = delivery({ connectionId: "c2", recipient: "u2", acked: false });
    const found = journey({
      deliveries: [delivery(), stray],
      findings: [{ code: "wrong_recipient", messageId: "e1", fails: true }],
    });
    expect(compareLedger(books(receipt()), [found])).toEqual(EQUAL);
  });

  it("when somebody left before the answer", () => {
    const left = journey({ ...unanswered, status: "abandoned", deliveries: [nobody] });
    expect(compareLedger(books(), [left])).toEqual(EQUAL);
  });
});

it("nobody is owed what fell due after they left, even where another finding fails the journey", () => {
  const failed = journey({ ...unanswered, status: "failed", deliveries: [nobody] });
  expect(compareLedger(booksOf(2_000, []), [failed])).toEqual(EQUAL);
  expect(compareLedger(booksOf(null, []), [failed]).losses.length).toBe(1);
  expect(compareLedger(booksOf(60_000, []), [failed]).losses.length).toBe(1);
});

describe("the ledger and Signalbox disagree", () => {
  it("when a stranger's inbox holds what Signalbox saw nobody get", () => {
    const stray = receipt({ userId: "u2", connectionId: "c2" });
    expect(compareLedger(books(receipt(), stray), [journey()]).leaks).toEqual([
      "in an inbox, and not sent for Signalbox: e1 at u2",
    ]);
  });

  it("when a message reached a stranger and no finding says so", () => {
    const seen = journey({ deliveries: [delivery(), delivery({ connectionId: "c2", recipient: "u2" })] });
    const difference = compareLedger(books(receipt(), receipt({ userId: "u2", connectionId: "c2" })), [seen]);
    expect(difference).toEqual({ ...EQUAL, strays: ["only the ledger: e1"] });
  });

  it("when a finding names a wrong recipient and no stranger's inbox holds the message", () => {
    const found = journey({ findings: [{ code: "wrong_recipient", messageId: "e1", fails: true }] });
    expect(compareLedger(books(receipt()), [found])).toEqual({ ...EQUAL, strays: ["only Signalbox: e1"] });
  });

  it("when Signalbox saw a stranger confirm what is in no inbox", () => {
    const stray = delivery({ connectionId: "c2", recipient: "u2" });
    expect(compareLedger(books(receipt()), [journey({ deliveries: [delivery(), stray] })]).leaks.length).toBe(1);
  });

  it("when a message is missing and no finding says so", () => {
    const silent = journey({ ...unanswered, deliveries: [nobody] });
    expect(compareLedger(books(), [silent]).losses).toEqual(["never arrived, and no finding says so: e1"]);
  });

  it("when a message was found lost and is in the inbox", () => {
    const found = journey({ findings: [{ code: "phantom_delivery", messageId: "e1", fails: true }] });
    expect(compareLedger(books(receipt()), [found]).losses).toEqual(["arrived, and found lost: e1"]);
  });

  it("when a connection got a message twice and only one of them knows", () => {
    expect(compareLedger(books(receipt(), receipt()), [journey()]).repeats).toEqual(["only the ledger: e1"]);
    const found = journey({ findings: [{ code: "duplicate_delivery", messageId: "e1", fails: false }] });
    expect(compareLedger(books(receipt()), [found]).repeats).toEqual(["only Signalbox: e1"]);
  });

  it("when only one of them has the answer", () => {
    expect(compareLedger(books(receipt()), [journey(unanswered)]).answers.length).toBe(1);
    const empty = journey({ deliveries: [delivery({ acked: false })] });
    expect(compareLedger(books(), [empty]).answers.length).toBe(1);
  });
});
