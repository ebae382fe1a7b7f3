import { describe, expect, test } from "vitest";
import { notificationFor, notificationsByMinimum } from "./notification-for";
import { buildAlert, buildNotification } from "./testing/notifications";

const alert = (severity: string, given: Parameters<typeof buildAlert>[0] = {}) =>
  buildAlert({ labels: { severity }, ...given });
const told = (...alerts: ReturnType<typeof alert>[]) => buildNotification({ alerts });

describe("who hears from a minimum severity on", () => {
  test("hears of nothing less, and that it is over when what is heard is over", () => {
    const over = alert("critical", { status: "resolved" });
    const both = told(alert("warning"), over);
    const critical = { minimum: "critical", hearsSilenced: false } as const;
    expect(notificationFor(both, critical)).toEqual({ ...both, status: "resolved", alerts: [over] });
    expect(notificationFor(told(alert("high")), critical)).toBeNull();
  });

  test("hears of a severity that is not known", () => {
    const odd = told(alert("odd"));
    expect(notificationFor(odd, { minimum: "critical", hearsSilenced: false })).toEqual(odd);
  });

  test("is told together with all who hear the same", () => {
    const parts = notificationsByMinimum(told(alert("critical"), alert("warning")), false);
    expect(parts.map(({ minimums, notification }) => [minimums, notification.alerts.length])).toEqual([
      [["critical", "high"], 1],
      [["warning", "info"], 2],
    ]);
  });
});

test("what fires under a silence is heard of only where silence means that it is over", () => {
  const both = told(alert("critical", { silenced: true }), alert("critical", { status: "resolved" }));
  expect(notificationFor(both, { minimum: "info", hearsSilenced: true })).toEqual(both);
  expect(notificationFor(both, { minimum: "info", hearsSilenced: false })).toMatchObject({
    status: "resolved",
    alerts: [{ status: "resolved" }],
  });
});
