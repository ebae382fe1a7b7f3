import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelChange } from "@/contracts/channels";
import type { AlertRecord } from "@/domain/alerts/alert-record";
import { saveAlerts } from "@/server/storage/alerts/alerts";
import { inTransaction } from "@/server/storage/transaction";
import { changeChannel } from "./channels";
import { readNotification } from "./stored-notification";
import { NOW_MS, type SenderKit, startSenderKit } from "./testing/sender-kit";

let kit: SenderKit;
beforeAll(async () => {
  kit = await startSenderKit();
});
beforeEach(async () => {
  await kit.clear();
  await kit.db.prisma.alert.deleteMany();
});
afterAll(() => kit.close());

/** An alert that fires and that others were told of. */
async function fires(id: string, given: Partial<AlertRecord> = {}, environment = "prod") {
  const state = { phase: "firing", pendingSinceMs: NOW_MS, firingSinceMs: NOW_MS, clearSinceMs: null } as const;
  const severity = given.severity ?? "critical";
  const record: AlertRecord = {
    ...{ state: { ...state, resolvedAtMs: null }, severity, labels: { severity }, summary: id, path: "/" },
    ...{
      value: null,
      threshold: null,
      quiet: false,
      silenceId: null,
      told: "firing",
      toldAtMs: NOW_MS,
      heardAtMs: null,
      ...given,
    },
  };
  const alert = { id, environment, rule: "open_incident", fingerprint: id, record };
  await inTransaction(kit.db, (tx) => saveAlerts(tx, [alert]));
}
/** What waits, by the names of its alerts; it is sent by that. */
async function waits(): Promise<string[]> {
  const where = { state: "waiting" };
  const rows = await kit.db.prisma.alertDelivery.findMany({ where, orderBy: { seq: "asc" } });
  await kit.db.prisma.alertDelivery.updateMany({ where, data: { state: "sent" } });
  return rows.map(({ notification }) =>
    readNotification(notification)
      .alerts.map(({ annotations }) => annotations.summary)
      .sort()
      .join(" "),
  );
}
const change = (id: string, given: ChannelChange) =>
  changeChannel(kit, id, given, { by: "Ada", nowMs: NOW_MS, within: "all" });

describe("a channel", () => {
  it("hears when it is made what fires and others were told of, of what it takes", async () => {
    await fires("a");
    await fires("b");
    await fires("minor", { severity: "warning" });
    await fires("untold", { told: "nothing", toldAtMs: null });
    await fires("silenced", { silenceId: "s" });
    await fires("elsewhere", {}, "test");
    await kit.channel({ environments: ["prod"], minimumSeverity: "high" });
    expect(await waits()).toEqual(["a b"]);
    await kit.channel({ enabled: false });
    expect(await waits()).toEqual([]);
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    expect((await waits()).toSorted()).toEqual(["a b minor silenced", "elsewhere"]);
  });

  it("is counted as told only with what it takes", async () => {
    await fires("a");
    await fires("minor", { severity: "warning" });
    await kit.channel({ minimumSeverity: "high" });
    const alerts = await kit.db.prisma.alert.findMany({ orderBy: { id: "asc" } });
    expect(alerts.map(({ id, heardAt }) => [id, heardAt?.getTime()])).toEqual([
      ["a", NOW_MS],
      ["minor", undefined],
    ]);
  });

  it.each([
    ["is switched on", { enabled: false }, { enabled: true }, ["a"]],
    ["leads elsewhere", {}, { url: "http://127.0.0.1:1/other" }, ["a"]],
    ["signs in otherwise", {}, { auth: { kind: "bearer", token: "t" } }, ["a"]],
    ["takes more environments", { environments: ["test"] }, { environments: ["test", "prod"] }, ["a"]],
    ["takes what is less grave", { kind: "slack", minimumSeverity: "critical" }, { minimumSeverity: "info" }, ["a"]],
    ["has another name only", {}, { name: "Other", enabled: true, minimumSeverity: "info" }, []],
    ["is changed while it is off", { enabled: false }, { environments: ["prod"] }, []],
  ] as const)("that %s hears what fires: %j, %j", async (_what, made, given, heard) => {
    const environments = "environments" in made ? [...made.environments] : ["*"];
    const id = await kit.channel({ ...made, environments });
    await fires("a");
    await change(id, given as ChannelChange);
    expect(await waits()).toEqual(heard);
  });

  it("is neither made nor changed where it cannot be told what fires", async () => {
    const off = await kit.channel({ enabled: false });
    await fires("a");
    await kit.db.pool.query("UPDATE alert SET severity = 'torn'");
    await expect(kit.channel({ name: "Deaf" })).rejects.toThrow();
    await expect(change(off, { enabled: true })).rejects.toThrow();
    const stored = await kit.db.prisma.alertChannel.findMany({ select: { id: true, enabled: true, revision: true } });
    expect(stored).toEqual([{ id: off, enabled: false, revision: 0 }]);
  });

  it("that takes less than before repeats only what it still takes", async () => {
    const id = await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await fires("a");
    await kit.tell({ environment: "test" });
    await kit.tell({ groupKey: JSON.stringify(["prod", "open_incident"]) });
    await kit.newSender().run();
    expect((await kit.db.prisma.alertDelivery.findMany()).every(({ repeatAt }) => repeatAt !== null)).toBe(true);
    await change(id, { environments: ["prod"] });
    await kit.newSender().run();
    const rows = await kit.db.prisma.alertDelivery.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ environment, repeatAt }) => [environment, repeatAt !== null])).toEqual([
      ["test", false],
      ["prod", false],
      ["prod", true],
    ]);
  });
});
