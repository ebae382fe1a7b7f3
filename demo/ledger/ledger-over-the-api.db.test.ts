/** The demo watched by a Signalbox with everything on: stream, ingest, database, judge, read API. */
import { expect, it } from "vitest";
import { eventually } from "@/server/storage/testing/eventually";
import { startDemo } from "../start-demo";
import { policyAtSpeed } from "../testing/policy-at-speed";
import { watchDemo } from "../testing/watching-signalbox";
import { compareLedger } from "./compare-ledger";
import { judgedFromDetail } from "./judged-journey";

const SPEED = 8;
const TOKEN = "stream-token";

it.each(["fragmented", "consolidated"] as const)(
  "the inboxes of the demo's clients equal what the read API says of them, with the %s routers",
  async (layer) => {
    const demo = await startDemo({
      layer,
      seed: "11",
      port: 0,
      users: 12,
      rate: 3,
      token: TOKEN,
      idPrefix: "t",
      speed: SPEED,
      beats: 120,
    });
    const signalbox = await watchDemo({ telemetryUrl: demo.telemetryUrl, token: TOKEN, policy: policyAtSpeed(SPEED) });
    try {
      await demo.finished;
      const answered = () => demo.ledger.receipts().filter(({ final }) => final).length;
      let before = -1;
      await eventually(
        async () => {
          const now = answered();
          const settled = now === before && (await signalbox.unsettled()) === 0;
          before = now;
          expect(settled).toBe(true);
        },
        { timeout: 60_000, interval: 1_000 },
      );
      const journeys = await signalbox.journeys();
      expect(journeys.length).toBeGreaterThan(30);
      const { ledger } = demo;
      const books = {
        requests: ledger.requests(),
        receipts: ledger.receipts(),
        departures: ledger.departures(),
        settledAfterMs: 15_000 / SPEED + 1_000,
      };
      expect(compareLedger(books, journeys.map(judgedFromDetail))).toEqual({
        leaks: [],
        strays: [],
        receipts: [],
        repeats: [],
        losses: [],
        answers: [],
      });
      expect(journeys.some(({ status }) => status === "failed")).toBe(layer === "fragmented");
    } finally {
      await demo.stop();
      await signalbox.stop();
    }
  },
  120_000,
);
