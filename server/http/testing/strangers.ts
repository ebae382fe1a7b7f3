/** Everybody who must not get in, and data of another environment that nobody of theirs may see. */
import { randomUUID } from "node:crypto";
import { routerMetric } from "@/domain/rollups/router-metrics";
import { createKey, revokeKey } from "@/server/access/keys";
import { digest } from "@/server/access/secret";
import { channelRow } from "@/server/alerts/channels/testing/channel-row";
import { seedEvents, seedJourneys, seedRouterCounts } from "./seed";
import { ADMIN_KEY, type TestApp } from "./test-app";

/** Stands in every row of the other environment, and in its name. Ids that a path may name do not hold it. */
export const SECRET = "classified";
export const THEIR_ENVIRONMENT = `${SECRET}-environment`;
export const OWN_ENVIRONMENT = "own";

/** Headers of those who are let in nowhere. */
export async function strangers(test: TestApp): Promise<Record<string, Record<string, string>>> {
  const { db, clock, url } = test;
  const revoked = await createKey(db, { name: "revoked", role: "admin", environments: ["*"] }, clock.nowMs);
  await revokeKey(db, revoked.row.id, { nowMs: clock.nowMs, revokedBy: "Ada" });
  const cookie = await test.signIn("Gone", "admin");
  await db.prisma.session.updateMany({ where: { person: "Gone" }, data: { revokedAt: new Date(clock.nowMs) } });
  const name = `signalbox_${new URL(url).port}`;
  return {
    "without a key": {},
    "with an unknown key": bearer("sb_unknown-key-of-the-right-length-000000000000"),
    "with a revoked key": bearer(revoked.secret),
    "with a key's digest in its place": bearer(digest(ADMIN_KEY)),
    "with the key under another scheme": { authorization: `Basic ${btoa(`:${ADMIN_KEY}`)}` },
    "with an unknown session": { cookie: `${name}=unknown` },
    "with a revoked session": { cookie },
    "with the session of another port": { cookie: (await test.signIn("Ada", "admin")).replace(name, "signalbox_1") },
  };
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Ids of what stands in the other environment, by the route that they are given to. */
export interface Theirs {
  run: string;
  user: string;
  incident: string;
  key: string;
  canary: string;
  channel: string;
  session: string;
  silence: string;
}

/** Fills every table that a read may touch with rows of the other environment. */
export async function seedTheirs(test: TestApp): Promise<Theirs> {
  const { db, clock } = test;
  const environment = THEIR_ENVIRONMENT;
  const at = new Date(clock.nowMs - 60_000);
  const theirs = { run: "run-1", user: "user-1", incident: "incident-1", session: randomUUID() };
  await seedJourneys(db, [
    { id: theirs.run, environment, owner: theirs.user, routers: [SECRET], versions: [SECRET], status: "failed" },
  ]);
  const event = { environment, time: at, userId: theirs.user, runId: theirs.run, router: SECRET, service: SECRET };
  await seedEvents(db, [
    { ...event, id: "event-1", connectionId: "connection-1", attributes: { code: SECRET } },
    { ...event, id: "event-2", messageId: "message-1", threadId: "thread-1" },
  ]);
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
  await seedRouterCounts(db, minute, { [routerMetric.message(SECRET, SECRET)]: 3 }, environment);
  const { prisma } = db;
  await prisma.connectionInterval.create({
    data: { environment, instance: SECRET, connectionId: "connection-1", n: 0, userId: theirs.user, openedAt: at },
  });
  const leak = { environment, rule: "wrong_recipient", severity: "critical", router: SECRET };
  await prisma.incident.create({
    data: { ...leak, id: theirs.incident, firstSeenAt: at, lastSeenAt: at, occurrences: 1, owners: [SECRET] },
  });
  const found = { key: "o", incidentId: theirs.incident, subject: `r:${theirs.run}`, eventIds: ["event-1"] };
  await prisma.occurrence.create({ data: { ...leak, ...found, owner: SECRET, recipient: SECRET, occurredAt: at } });
  await prisma.source.create({ data: { id: "source-1", environment, url: `http://${SECRET}`, state: "connected" } });
  await prisma.qualityNote.create({
    data: { environment, service: SECRET, instance: SECRET, code: "no_run_id", firstAt: at, lastAt: at },
  });
  const alarm = { environment, rule: "open_incident", severity: "critical", labels: { router: SECRET } };
  const said = { summary: SECRET, path: `/${SECRET}`, pendingSince: at, firingSince: at, silenceId: SECRET };
  await prisma.alert.createMany({
    data: [
      { ...alarm, ...said, id: "alert-1", fingerprint: "f1", phase: "firing" },
      { ...alarm, ...said, id: "alert-2", fingerprint: "f2", phase: "resolved", resolvedAt: at },
    ],
  });
  const silence = await prisma.alertSilence.create({
    data: {
      ...{ id: "silence-1", environment, matchers: [{ name: "router", op: "=", value: SECRET }], comment: SECRET },
      ...{ startsAt: at, endsAt: new Date(clock.nowMs + 3_600_000), createdAt: at, createdBy: SECRET },
    },
  });
  const changed = { changedAt: at, changedBy: SECRET, revision: 1 };
  await prisma.alertRule.create({ data: { environment, rule: "watchdog", enabled: true, ...changed } });
  await prisma.sloTargets.create({ data: { environment, targets: { golden_path: 0.9 }, ...changed } });
  const made = await createKey(db, { name: SECRET, role: "read", environments: [environment] }, clock.nowMs);
  await prisma.session.create({ data: { id: theirs.session, hash: digest(SECRET), person: SECRET } });
  await test.access.record({
    actor: { kind: "cli", id: SECRET, name: SECRET, address: null },
    ...{ action: "timeline_read", environment, target: SECRET },
  });
  const canary = await prisma.canary.create({
    data: { id: "canary-1", environment, userId: SECRET, tokenHash: SECRET, createdBy: SECRET },
  });
  const channel = await prisma.alertChannel.create({
    data: channelRow({
      id: "channel-1",
      name: SECRET,
      environments: [environment],
      createdBy: SECRET,
      changedBy: SECRET,
    }),
  });
  await prisma.alertDelivery.create({
    data: {
      ...{ id: "delivery-1", channelId: channel.id, environment, groupKey: SECRET, status: "firing", error: SECRET },
      ...{
        notification: { groupLabels: { alertname: SECRET }, alerts: [] },
        state: "failed",
        createdAt: at,
        nextAt: at,
      },
    },
  });
  const suite = { environment, changedAt: at, changedBy: SECRET, beforeFix: "fail" };
  await prisma.testSuite.create({ data: { ...suite, name: SECRET } });
  await prisma.testRun.create({
    data: {
      ...{
        id: "test-run-1",
        environment,
        suite: SECRET,
        digest: SECRET,
        ranAt: at,
        uploadedAt: at,
        uploadedBy: SECRET,
      },
      ...{ tests: 1, failures: 0, errors: 0, skipped: 0, realConnections: 0, mockedConnections: 0, failed: [] },
    },
  });
  return { ...theirs, key: made.row.id, canary: canary.id, channel: channel.id, silence: silence.id };
}
