/** A Signalbox without its pages, on a real database, that subscribes to a demo as it would in production. */
import type { AddressInfo } from "node:net";
import pino from "pino";
import { type JourneyDetail, type JourneyList, journeyDetail, journeyList } from "@/contracts/http";
import type { Policy } from "@/domain/journeys/types";
import { createAccess } from "@/server/access/create-access";
import { createSeal } from "@/server/alerts/channels/sealed-target";
import { createErasures } from "@/server/erasure/create-erasures";
import { startErasedUsers } from "@/server/erasure/erased-users";
import { createHttpApp } from "@/server/http/create-http-app";
import { createIngest } from "@/server/ingest/create-ingest";
import { loadInstallationSecret } from "@/server/ingest/installation-secret";
import { createJudge } from "@/server/judge/create-judge";
import { createQueries } from "@/server/queries/create-queries";
import { testSettings } from "@/server/settings/testing/settings-kit";
import { startSources } from "@/server/sources/start-sources";
import { createTestDatabase } from "@/server/storage/testing/test-database";

const ADMIN_KEY = "a-key-for-the-demo-s-own-test";

export interface WatchingSignalbox {
  /** Every journey, in full, as the read API tells it. */
  journeys(): Promise<JourneyDetail[]>;
  /** How many journeys are still running, or not yet judged up to now. */
  unsettled(): Promise<number>;
  stop(): Promise<void>;
}

export async function watchDemo(demo: {
  telemetryUrl: string;
  token: string;
  policy: Policy;
}): Promise<WatchingSignalbox> {
  const db = await createTestDatabase();
  const log = pino({ level: "silent" });
  const nowMs = Date.now;
  const { settings, service } = await testSettings(db, nowMs, { policy: demo.policy });
  const judge = createJudge({
    db,
    log,
    nowMs,
    workers: 1,
    policy: demo.policy,
    onJudged: () => undefined,
    throttleMs: 50,
  });
  const secret = await loadInstallationSecret(db);
  const ingest = createIngest({
    db,
    secret,
    typeAliases: settings.typeAliases,
    retentionMs: () => settings.limits().retentionMs,
    allowedFields: settings.allowedFields,
    storageFull: () => false,
    onCommit: () => judge.nudge(),
    onError: () => undefined,
  });
  const erased = await startErasedUsers({ db, secret, onError: () => undefined });
  const erasures = createErasures({
    ...{ db, erased, nowMs },
    ingestIdle: () => ingest.idle(),
    onErased: () => judge.nudge(),
    onError: () => undefined,
  });
  const access = createAccess({ db, adminKey: ADMIN_KEY, publicUrl: () => "http://127.0.0.1", nowMs });
  const http = await createHttpApp({
    db,
    access,
    queries: createQueries({ db, nowMs, judge }),
    settings: service,
    nowMs,
    log,
    version: "0.0.0",
    erasures,
    channels: { seal: createSeal(secret), baseUrl: () => "http://127.0.0.1" },
    onAlertingChanged: () => undefined,
    onIncidentChanged: () => undefined,
    ready: () => true,
    registerTelemetry: () => undefined,
  });
  await http.listen({ host: "127.0.0.1", port: 0 });
  judge.start();
  const sources = await startSources({
    sources: [{ id: "demo-chat", url: demo.telemetryUrl, token: demo.token, environment: "demo" }],
    db,
    ingest,
    log,
    onChange: () => undefined,
  });

  const base = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/api/v1/journeys`;
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    if (!answer.ok) throw new Error(`${answer.status} for ${path}: ${await answer.text()}`);
    return answer.json();
  };

  return {
    async unsettled() {
      const running = journeyList.parse(await get("?status=running&environment=demo&limit=1"));
      return running.totalAtLeast + (await judge.state()).backlog;
    },
    async journeys() {
      const details: JourneyDetail[] = [];
      let page: JourneyList | null = null;
      do {
        const cursor = page?.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : "";
        page = journeyList.parse(await get(`?environment=demo&limit=100${cursor}`));
        for (const { id } of page.items) {
          details.push(journeyDetail.parse(await get(`/${encodeURIComponent(id)}?environment=demo`)));
        }
      } while (page.nextCursor !== null);
      return details;
    },
    async stop() {
      await sources.stop();
      await ingest.idle();
      await judge.stop();
      await http.close();
      erased.stop();
      await db.drop();
    },
  };
}
