/** The demo plays its script on real sockets; what its clients received must be what Signalbox found. */
import { io } from "socket.io-client";
import { describe, expect, it, vi } from "vitest";
import type { Verdict } from "@/domain/journeys/types";
import type { WireEvent } from "@/emitter/event";
import type { LayerName } from "../layers/layers";
import { startDemo } from "../start-demo";
import { judgeTelemetry } from "../testing/judge-telemetry";
import { policyAtSpeed } from "../testing/policy-at-speed";
import { compareLedger, leftUnsettled } from "./compare-ledger";
import { judgedFromVerdict } from "./judged-journey";
import type { Ledger } from "./ledger";

const EQUAL = { leaks: [], strays: [], receipts: [], repeats: [], losses: [], answers: [] };
/** It is played in real time, sixteen times as fast: a machine that is busy with other things may be too slow for it. */
const PLAYED = { timeout: 60_000, retry: 2 };
const SPEED = 16;
const POLICY = policyAtSpeed(SPEED);
/** Longer than the last deadline of a message. */
const QUIET_MS = POLICY.ackMs + 100;

async function play(layer: LayerName, overrides: { users?: number; seed?: string; beats?: number } = {}) {
  const stream: WireEvent[] = [];
  const demo = await startDemo({
    layer,
    seed: "7",
    port: 0,
    users: 14,
    rate: 4,
    token: "stream-token",
    idPrefix: "t",
    speed: SPEED,
    beats: 200,
    ...overrides,
  });
  const signalbox = io(demo.telemetryUrl, { auth: { token: "stream-token", cursor: null }, transports: ["websocket"] });
  signalbox.on("telemetry", (batch: { events: WireEvent[] }, acknowledge: (answer: unknown) => void) => {
    stream.push(...batch.events);
    acknowledge({});
  });
  await demo.finished;
  // Nobody leaves before everything that was asked is answered or due.
  const quietForMs = () => Date.now() - Date.parse(stream.at(-1)?.time ?? new Date().toISOString());
  await vi.waitFor(() => expect(quietForMs()).toBeGreaterThan(QUIET_MS), { timeout: 30_000, interval: 50 });
  await demo.stop();
  signalbox.disconnect();
  const verdicts = judgeTelemetry(stream, POLICY);
  return { demo, verdicts, difference: compareLedger(books(demo), verdicts.map(judgedFromVerdict)) };
}

const books = ({ ledger }: { ledger: Ledger }) => ({
  requests: ledger.requests(),
  receipts: ledger.receipts(),
  departures: ledger.departures(),
  // A busy machine slows runs down, whatever the speed.
  settledAfterMs: 15_000 / SPEED + 1_000,
});

const codes = (verdicts: Verdict[]) => new Set(verdicts.flatMap(({ findings }) => findings.map(({ code }) => code)));
const share = (verdicts: Verdict[], ...statuses: string[]) =>
  verdicts.filter(({ status }) => statuses.includes(status)).length / Math.max(1, verdicts.length);

describe("the inboxes of the demo's clients equal what Signalbox finds", () => {
  it("with the fragmented routers, which break in several ways", PLAYED, async () => {
    const { verdicts, difference } = await play("fragmented");
    expect(difference).toEqual(EQUAL);
    expect(verdicts.length).toBeGreaterThan(100);
    expect(codes(verdicts)).toContain("wrong_recipient");
    expect(codes(verdicts)).toContain("not_routed");
    expect(codes(verdicts)).toContain("event_lost");
    expect(codes(verdicts)).toContain("phantom_delivery");
    expect(codes(verdicts)).toContain("router_conflict");
    expect(share(verdicts, "succeeded", "degraded")).toBeGreaterThan(0.3);
  });

  it("with the consolidated router, where nothing fails but what people walk away from", PLAYED, async () => {
    const { demo, verdicts, difference } = await play("consolidated");
    const walkedAway = leftUnsettled(books(demo));
    expect(difference).toEqual(EQUAL);
    expect(verdicts.length).toBeGreaterThan(100);
    const failed = verdicts.filter(
      ({ status, linked }) => status === "failed" && !linked.some((id) => walkedAway.has(id)),
    );
    expect(failed.map(({ id, brokenBy }) => `${id} ${brokenBy}`)).toEqual([]);
    expect(codes(verdicts)).not.toContain("router_conflict");
    expect(verdicts.flatMap(({ occurrences }) => occurrences)).toEqual([]);
  });

  it("with one user, of whom nothing leaks whichever routers there are", PLAYED, async () => {
    const { verdicts, demo, difference } = await play("fragmented", { users: 1, beats: 120 });
    expect(difference).toEqual(EQUAL);
    expect(verdicts.flatMap(({ occurrences }) => occurrences)).toEqual([]);
    expect(demo.ledger.receipts().length).toBeGreaterThan(0);
  });
});
