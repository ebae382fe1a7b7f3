import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertmanagerBody } from "./alertmanager-body";
import { pageUrl } from "./page-url";
import { slackMessage } from "./slack-message";
import { buildAlert, buildNotification } from "./testing/notifications";
import { webhookBody } from "./webhook-body";

const BASE = "https://signalbox.example.com";
const NOW_MS = Date.UTC(2026, 10, 21, 10, 5);
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 700 }),
  fc.constantFrom(
    "&".repeat(3_000),
    "\u202e".repeat(900),
    "<!channel>".repeat(90),
    "`*_~`".repeat(200),
    "",
    "@here http://evil.example|x",
  ),
);
const notification = fc
  .array(
    fc.record({
      labels: fc.dictionary(hostile, hostile, { maxKeys: 12 }),
      annotations: fc.record({ summary: hostile }),
      path: fc.oneof(hostile, fc.constant("/incidents/i1?environment=a b")),
    }),
    { minLength: 0, maxLength: 60 },
  )
  .map((alerts) => buildNotification({ alerts: alerts.map((alert) => buildAlert(alert)) }));

describe("Alertmanager's webhook body", () => {
  it("has its fields, and those that all alerts share apart", () => {
    const second = buildAlert({
      status: "resolved",
      labels: { ...buildAlert().labels, router: "Other" },
      fingerprint: "b",
    });
    expect(webhookBody(buildNotification({ alerts: [buildAlert(), second] }), "on call", BASE)).toEqual({
      version: "4",
      groupKey: "prod/LeakFound/QualityMessageRouter",
      truncatedAlerts: 0,
      status: "firing",
      receiver: "on call",
      groupLabels: { alertname: "LeakFound", router: "QualityMessageRouter" },
      commonLabels: { alertname: "LeakFound", severity: "critical", environment: "prod" },
      commonAnnotations: { summary: "A message reached a user that it was not meant for." },
      externalURL: BASE,
      alerts: [
        {
          ...{ status: "firing", labels: buildAlert().labels, annotations: buildAlert().annotations },
          startsAt: "2026-11-21T10:00:00.000Z",
          endsAt: "0001-01-01T00:00:00Z",
          generatorURL: `${BASE}/incidents/i1?environment=prod`,
          fingerprint: "a1b2c3d4e5f60718",
        },
        expect.objectContaining({ status: "resolved", endsAt: "2026-11-21T10:01:00.000Z", fingerprint: "b" }),
      ],
    });
  });

  it("says how many alerts it leaves out", () => {
    const body = webhookBody(buildNotification({ alerts: Array.from({ length: 130 }, () => buildAlert()) }), "r", BASE);
    expect([body.alerts.length, body.truncatedAlerts]).toEqual([100, 30]);
  });
});

describe("what is posted into Alertmanager", () => {
  it("ends by itself while it fires, and ended when it is resolved", () => {
    const ends = (status: "firing" | "resolved") =>
      alertmanagerBody(buildNotification({ status }), BASE, NOW_MS).map(({ endsAt }) => endsAt);
    expect(ends("firing")).toEqual(["2026-11-21T10:09:00.000Z"]);
    expect(ends("resolved")).toEqual(["2026-11-21T10:01:00.000Z"]);
  });

  it("has names that Prometheus takes, each once, and always an alertname", () => {
    fc.assert(
      fc.property(notification, (given) => {
        for (const [i, { labels, annotations }] of alertmanagerBody(given, BASE, NOW_MS).entries()) {
          for (const name of [...Object.keys(labels), ...Object.keys(annotations)]) {
            expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
          }
          expect(labels.alertname).toBeTruthy();
          const values = Object.values(given.alerts[i]?.labels ?? {}).filter((value) => value !== "");
          expect(Object.values(labels)).toEqual(expect.arrayContaining(values));
        }
      }),
    );
  });
});

describe("a Slack message", () => {
  it("says what fires, where and since when, with a link", () => {
    const { text, blocks } = slackMessage(buildNotification(), BASE);
    expect(text).toBe("🔴 Firing · LeakFound · prod: A message reached a user that it was not meant for.");
    expect(blocks).toMatchInlineSnapshot(`
      [
        {
          "text": {
            "text": "*🔴 Firing · LeakFound · prod*",
            "type": "mrkdwn",
            "verbatim": true,
          },
          "type": "section",
        },
        {
          "text": {
            "text": "A message reached a user that it was not meant for.
      severity \`critical\`  router \`QualityMessageRouter\`
      firing since 2026-11-21T10:00:00.000Z · <https://signalbox.example.com/incidents/i1?environment=prod|Open in Signalbox>",
            "type": "mrkdwn",
            "verbatim": true,
          },
          "type": "section",
        },
        {
          "elements": [
            {
              "text": "<https://signalbox.example.com/alerts?environment=prod|All alerts>",
              "type": "mrkdwn",
              "verbatim": true,
            },
          ],
          "type": "context",
        },
      ]
    `);
  });

  it("is marked by the gravest that fires, whatever ended beside it", () => {
    const high = buildAlert({ labels: { alertname: "LeakFound", severity: "high" } });
    const over = buildAlert({ status: "resolved" });
    expect(slackMessage(buildNotification({ alerts: [over, high] }), BASE).text).toMatch(/^🟠 Firing · .*: ended: /);
    expect(slackMessage(buildNotification({ status: "resolved", alerts: [over] }), BASE).text).toMatch(
      /^🟢 Resolved · /,
    );
  });

  it("keeps to Slack's limits, links nowhere else and mentions nobody", () => {
    fc.assert(
      fc.property(notification, (given) => {
        const message = slackMessage(given, BASE);
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        const texts = message.blocks.map((block) =>
          block.type === "section" ? block.text.text : (block.elements[0]?.text ?? ""),
        );
        for (const text of [message.text, ...texts]) {
          expect(text.length).toBeLessThanOrEqual(3_000);
          expect(text.length).toBeGreaterThan(0);
          expect(
            text.replaceAll(/<https:\/\/signalbox\.example\.com\/[^<>|]*\|(Open in Signalbox|All alerts)>/g, ""),
          ).not.toMatch(/[<>]/);
        }
        expect(JSON.stringify(message.blocks).length).toBeLessThan(20_000);
        expect(texts.join("").length).toBeLessThan(13_000);
      }),
    );
  });

  it("says how many alerts and labels it leaves out", () => {
    const labels = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`l${i}`, "x"]));
    const many = buildNotification({ alerts: Array.from({ length: 25 }, () => buildAlert({ labels })) });
    const texts = JSON.stringify(slackMessage(many, BASE).blocks);
    expect(texts).toContain("5 more alerts are not shown here.");
    expect(texts).toContain("6 more labels");
  });
});

describe("an address", () => {
  it("stays within Signalbox, whatever its path holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.constantFrom("//evil.example", "@evil.example", "\\\\evil.example", ".evil.example")),
        (path) => {
          const url = pageUrl(BASE, path);
          expect(new URL(url).origin).toBe(BASE);
          expect(url).not.toMatch(/[<>|\s"]/);
        },
      ),
    );
    expect(pageUrl(BASE, "/incidents/i1?environment=a%20b")).toBe(`${BASE}/incidents/i1?environment=a%20b`);
  });
});
