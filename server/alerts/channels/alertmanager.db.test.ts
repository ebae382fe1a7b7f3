import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildAlert, buildNotification } from "@/domain/alerts/testing/notifications";
import { webhookBody } from "@/domain/alerts/webhook-body";
import { type Alertmanager, findAlertmanager, startAlertmanager } from "./testing/alertmanager";
import { type SenderKit, startSenderKit } from "./testing/sender-kit";

const binary = findAlertmanager();

interface StoredAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  status: { state: string };
}

let kit: SenderKit;
let alertmanager: Alertmanager | null = null;
beforeAll(async () => {
  kit = await startSenderKit();
});
beforeEach(async ({ skip }) => {
  if (binary === null) return skip("prometheus-alertmanager is not installed");
  await kit.clear();
  // Alertmanager has no clock but its own.
  kit.clock.nowMs = Date.now();
  await alertmanager?.stop();
  alertmanager = await startAlertmanager(binary, `${kit.receiver.url}/from-alertmanager`);
  await kit.channel({ kind: "alertmanager", url: alertmanager.url });
});
afterAll(async () => {
  await alertmanager?.stop();
  await kit.close();
});

const stored = async () => (await fetch(`${alertmanager?.url}/api/v2/alerts`)).json() as Promise<StoredAlert[]>;
const times = () => ({ startsAt: new Date(kit.clock.nowMs - 5_000) });
const firing = () => buildNotification({ alerts: [buildAlert(times())] });
const over = () =>
  buildNotification({
    status: "resolved",
    alerts: [buildAlert({ ...times(), status: "resolved", endsAt: new Date(kit.clock.nowMs) })],
  });
const tell = async (notification: ReturnType<typeof buildNotification>) => {
  await kit.tell(notification);
  await kit.newSender().run();
};
/** What a value is, all the way down; of lists their first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, inner]) => [name, shapeOf(inner)]),
  );
}

describe("Debian's Alertmanager", () => {
  it("takes an alert as it is told, and lets it go when it is told the end", async () => {
    const told = firing();
    await tell(told);
    expect(await stored()).toEqual([
      expect.objectContaining({
        labels: told.alerts[0]?.labels,
        annotations: told.alerts[0]?.annotations,
        startsAt: told.alerts[0]?.startsAt.toISOString(),
        endsAt: new Date(kit.clock.nowMs + 240_000).toISOString(),
        generatorURL: "http://signalbox.example/incidents/i1?environment=prod",
        status: expect.objectContaining({ state: "active" }),
      }),
    ]);
    await kit.receiver.until(1);
    await tell(over());
    expect(await stored()).toEqual([]);
    const heard = await kit.receiver.until(2);
    expect(heard.map(({ body }) => (body as { status: string }).status)).toEqual(["firing", "resolved"]);
    expect((await kit.log()).map(({ state, statusCode }) => [state, statusCode])).toEqual([
      ["sent", 200],
      ["sent", 200],
    ]);
  });

  it("keeps an alert that it is told of again as the same one", async () => {
    await tell(firing());
    kit.clock.nowMs += 60_000;
    await kit.look();
    await kit.newSender().run();
    const alerts = await stored();
    expect(alerts.map(({ endsAt }) => endsAt)).toEqual([new Date(kit.clock.nowMs + 240_000).toISOString()]);
  });

  it("takes whatever text telemetry holds", async () => {
    const hostile = {
      "bad-name": "<!channel>",
      "1st": "\u202e\u0000\ud800",
      "": "x",
      empty: "",
      ünïcode: "東京",
      alertname: "",
    };
    await tell(
      buildNotification({ alerts: [buildAlert({ ...times(), labels: hostile, path: '/a b"<|>\u202e?x=%' })] }),
    );
    expect(await kit.log()).toMatchObject([{ state: "sent", statusCode: 200 }]);
    expect(await stored()).toMatchObject([{ labels: { alertname: "Signalbox", bad_name: "<!channel>" } }]);
  });

  it("writes its own webhook with the fields that ours has", async () => {
    await tell(firing());
    const [theirs] = await kit.receiver.until(1);
    const ours = webhookBody(firing(), "hook", "http://signalbox.example");
    expect(shapeOf(theirs?.body)).toEqual(shapeOf({ ...ours, groupLabels: { alertname: "" } }));
    const body = theirs?.body as typeof ours;
    expect([body.version, body.alerts[0]?.endsAt]).toEqual([ours.version, ours.alerts[0]?.endsAt]);
    expect(theirs?.headers["content-type"]).toBe("application/json");
  });
});
