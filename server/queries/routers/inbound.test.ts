import { describe, expect, it } from "vitest";
import { type InboundFate, OK, routerMetric } from "@/domain/rollups/router-metrics";
import { inboundList, inboundOfRouter } from "./inbound";
import { countOf } from "./testing/counts";
import { freshSpan, hiddenSpans, type Outage, unheardSpans } from "./undecided";

const inbound = (type: string, fate: InboundFate, n: number, router: string | null = null, code = OK) =>
  countOf(routerMetric.inbound(type, router, fate, code), n);

describe("inbound messages that are no requests", () => {
  it("are routed, not routed, waiting or unobserved, and add up to what was received", () => {
    const counts = [
      inbound("ping", "received", 10),
      inbound("ping", "received", 90, "A"),
      inbound("ping", "routed", 80, "A"),
      inbound("ping", "failed", 10, "A", "handler_not_found"),
      inbound("ping", "unseen", 2),
    ];
    const fresh = [inbound("ping", "received", 5), inbound("ping", "routed", 2, "A")];
    const unheard = [inbound("ping", "received", 1)];
    expect(inboundList(counts, fresh, unheard).items).toEqual([
      {
        type: "ping",
        received: 100,
        routed: 80,
        notRouted: 14,
        waiting: 3,
        unobserved: 3,
        errorCodes: { items: [{ code: "handler_not_found", count: 10 }], omitted: 0 },
        routers: { items: ["A"], omitted: 0 },
      },
    ]);
  });

  it("are only what was received: what is routed without an id may be on its way out", () => {
    expect(inboundList([inbound("notice", "routed", 7, "A")], [], []).items).toEqual([]);
    expect(inboundOfRouter([inbound("notice", "routed", 7, "A")], "A").items).toEqual([]);
  });

  it("without ids never count more routed than received", () => {
    const counts = [inbound("ping", "received", 3), inbound("ping", "routed", 4, "A")];
    expect(inboundList(counts, [], []).items[0]).toMatchObject({ received: 3, routed: 3, notRouted: 0 });
  });

  it("belong to the router that took or refused them", () => {
    const counts = [
      inbound("ping", "received", 9, "A"),
      inbound("ping", "routed", 6, "A"),
      inbound("ping", "failed", 2, "A", "timeout"),
      inbound("ping", "routed", 1, "B"),
    ];
    expect(inboundOfRouter(counts, "A").items).toMatchObject([{ type: "ping", routed: 6, errors: 2 }]);
  });
});

describe("minutes that decide nothing", () => {
  const MINUTE = 60_000;
  const range = { fromMs: 0, toMs: 60 * MINUTE };

  it("are the last ones, as long as a router may take", () => {
    expect(freshSpan(range, 60 * MINUTE, 5_000)).toEqual({ fromMs: 59 * MINUTE, toMs: 60 * MINUTE });
    expect(freshSpan(range, 90 * MINUTE, 5_000)).toMatchObject({ fromMs: 89 * MINUTE });
  });

  it("are those of gaps and of outages that last, each once; what came later hid nothing", () => {
    const outage = (kind: string, from: number, to: number, ended = true): Outage => ({
      kind,
      fromMs: from * MINUTE,
      toMs: to * MINUTE - 1,
      ended,
    });
    const outages = [
      outage("gap", 10, 12),
      outage("gap", 11, 15),
      outage("disconnected", 20, 25),
      outage("disconnected", 50, 60, false),
    ];
    const fresh = freshSpan(range, range.toMs, 5_000);
    expect(unheardSpans(outages, range, fresh, 5_000)).toEqual([
      { fromMs: 9 * MINUTE, toMs: 15 * MINUTE },
      { fromMs: 49 * MINUTE, toMs: 59 * MINUTE },
    ]);
  });
});

it("what outages hid of a range is told to the ms, each moment once; what came later hid nothing", () => {
  const outages: Outage[] = [
    { kind: "gap", fromMs: 10, toMs: 30, ended: true },
    { kind: "gap", fromMs: 20, toMs: 45, ended: true },
    { kind: "disconnected", fromMs: 60, toMs: 70, ended: true },
    { kind: "disconnected", fromMs: 90, toMs: 500, ended: false },
    { kind: "gap", fromMs: 200, toMs: 300, ended: true },
  ];
  expect(hiddenSpans(outages, { fromMs: 15, toMs: 100 })).toEqual([
    { fromMs: 15, toMs: 45 },
    { fromMs: 90, toMs: 100 },
  ]);
});
