import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildAlert, buildNotification } from "@/domain/alerts/testing/notifications";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { inTransaction } from "@/server/storage/transaction";
import { enqueueNotification } from "./enqueue";
import { readNotification } from "./stored-notification";
import { channelRow } from "./testing/channel-row";

const NOW_MS = Date.UTC(2026, 10, 21, 12);
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => db.prisma.alertChannel.deleteMany());
afterAll(() => db.drop());

const taken = async () =>
  (await db.prisma.alertDelivery.findMany({ orderBy: { seq: "asc" } })).map(({ channelId, status }) => [
    channelId,
    status,
  ]);
const told = (severity: string, environment = "prod", status: "firing" | "resolved" = "firing") =>
  inTransaction(db, (tx) =>
    enqueueNotification(
      tx,
      buildNotification({ environment, status, alerts: [buildAlert({ status, labels: { severity } })] }),
      NOW_MS,
    ),
  );

describe("a notification", () => {
  it("waits for each enabled channel that takes its environment and severity", async () => {
    await db.prisma.alertChannel.createMany({
      data: [
        channelRow({ id: "all", environments: ["*"], minimumSeverity: "info" }),
        channelRow({ id: "prod", environments: ["test", "prod"], minimumSeverity: "critical" }),
        channelRow({ id: "test", environments: ["test"] }),
        channelRow({ id: "off", environments: ["*"], enabled: false }),
      ],
    });
    await told("critical");
    await told("warning");
    await told("warning", "other");
    expect(await taken()).toEqual([
      ["all", "firing"],
      ["prod", "firing"],
      ["all", "firing"],
      ["all", "firing"],
    ]);
  });

  it("holds for each channel the alerts that it takes, and is over where these are", async () => {
    await db.prisma.alertChannel.createMany({
      data: [
        channelRow({ id: "all" }),
        channelRow({ id: "critical", minimumSeverity: "critical" }),
        channelRow({ id: "silenced too", kind: "alertmanager", minimumSeverity: "critical" }),
      ],
    });
    const alerts = [
      buildAlert({ fingerprint: "warns", labels: { severity: "warning" } }),
      buildAlert({ fingerprint: "silenced", silenced: true }),
      buildAlert({ fingerprint: "over", status: "resolved" }),
    ];
    await inTransaction(db, (tx) => enqueueNotification(tx, buildNotification({ alerts }), NOW_MS));
    const rows = await db.prisma.alertDelivery.findMany({ orderBy: { channelId: "asc" } });
    expect(
      rows.map(({ channelId, status, notification }) => {
        const stored = readNotification(notification);
        return [channelId, status, stored.status, ...stored.alerts.map(({ fingerprint }) => fingerprint)];
      }),
    ).toEqual([
      ["all", "firing", "firing", "warns", "over"],
      ["critical", "resolved", "resolved", "over"],
      ["silenced too", "firing", "firing", "silenced", "over"],
    ]);
  });

  it("that is resolved waits only where that is wanted", async () => {
    await db.prisma.alertChannel.createMany({
      data: [channelRow({ id: "both" }), channelRow({ id: "firing only", sendResolved: false })],
    });
    await told("critical", "prod", "resolved");
    expect(await taken()).toEqual([["both", "resolved"]]);
  });

  it("waits where something of it is news, and in an Alertmanager all the same", async () => {
    await db.prisma.alertChannel.createMany({
      data: [
        channelRow({ id: "everything" }),
        channelRow({ id: "critical", minimumSeverity: "critical" }),
        channelRow({ id: "no ends", sendResolved: false }),
        channelRow({ id: "takes over", kind: "alertmanager", minimumSeverity: "critical" }),
      ],
    });
    const alerts = [
      buildAlert({ status: "resolved", labels: { severity: "high" } }),
      buildAlert({ isNews: false, labels: { severity: "critical" } }),
    ];
    await inTransaction(db, (tx) => enqueueNotification(tx, buildNotification({ alerts }), NOW_MS));
    expect((await taken()).toSorted()).toEqual([
      ["everything", "firing"],
      ["takes over", "firing"],
    ]);
  });

  it("ends the repeating of what was told of its group, and of no other", async () => {
    await db.prisma.alertChannel.create({ data: channelRow({ id: "a" }) });
    await told("critical");
    await told("critical", "test");
    await db.prisma.alertDelivery.updateMany({ data: { repeatAt: new Date(NOW_MS), state: "sent" } });
    await told("critical", "prod", "resolved");
    const rows = await db.prisma.alertDelivery.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ environment, repeatAt }) => [environment, repeatAt !== null])).toEqual([
      ["prod", false],
      ["test", true],
      ["prod", false],
    ]);
  });

  it("is not told when the transaction that holds it is rolled back", async () => {
    await db.prisma.alertChannel.create({ data: channelRow({ id: "a" }) });
    const failing = inTransaction(db, async (tx) => {
      await enqueueNotification(tx, buildNotification(), NOW_MS);
      throw new Error("later failure");
    });
    await expect(failing).rejects.toThrow("later failure");
    expect(await taken()).toEqual([]);
  });
});
