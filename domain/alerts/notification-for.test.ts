import { describe, expect, test } from "vitest";
import { notificationFor, notificationsByMinimum } from "./notification-for";
import { buildAlert, buildNotification } from "./testing/notifications";

const alert = (severity: string, given: Parameters<typeof buildAlert>[0] = {}) =>
  buildAlert({ labels: { severity }, ...given });
const told = (...alerts: ReturnType<typeof alert>[]) => buildNotification({ alerts });

const PLAIN = { takesForOver: false, hearsEnds: true };

describe("who hears from a minimum severity on", () => {
  test("hears of nothing less, and that it is over when what is heard is over", () => {
    const over = alert("critical", { status: "resolved" });
    const both = told(alert("warning"), over);
    const critical = { minimum: "critical", ...PLAIN } as const;
    expect(notificationFor(both, critical)).toEqual({ ...both, status: "resolved", alerts: [over] });
    expect(notificationFor(told(alert("high")), critical)).toBeNull();
  });

  test("hears of a severity that is not known", () => {
    const odd = told(alert("odd"));
    expect(notificationFor(odd, { minimum: "critical", ...PLAIN })).toEqual(odd);
  });

  test("is told together with all who hear the same", () => {
    const parts = notificationsByMinimum(told(alert("critical"), alert("warning")), PLAIN);
    expect(parts.map(({ minimums, notification }) => [minimums, notification.alerts.length])).toEqual([
      [["critical", "high"], 1],
      [["warning", "info"], 2],
    ]);
  });
});

test("what fires under a silence is heard of only where silence means that it is over", () => {
  const both = told(alert("critical", { silenced: true }), alert("critical", { status: "resolved" }));
  expect(notificationFor(both, { minimum: "info", takesForOver: true, hearsEnds: true })).toEqual(both);
  expect(notificationFor(both, { minimum: "info", ...PLAIN })).toMatchObject({
    status: "resolved",
    alerts: [{ status: "resolved" }],
  });
});

describe("what goes on and was told before", () => {
  const goesOn = alert("critical", { isNews: false });
  const critical = { minimum: "critical" } as const;

  test("goes along with news, and without any is told again to Alertmanager only", () => {
    const both = told(alert("high"), goesOn);
    expect(notificationFor(both, { minimum: "high", ...PLAIN })).toEqual(both);
    expect(notificationFor(both, { ...critical, ...PLAIN })).toBeNull();
    expect(notificationFor(both, { ...critical, takesForOver: true, hearsEnds: true })?.alerts).toEqual([goesOn]);
  });

  test("is told to nobody who wants to hear of no end, because another one ended", () => {
    const over = told(alert("critical", { status: "resolved" }), goesOn);
    const deaf = { ...PLAIN, hearsEnds: false };
    expect(notificationFor(over, { ...critical, ...deaf })).toBeNull();
    const begun = told(alert("critical"), ...over.alerts);
    expect(notificationFor(begun, { ...critical, ...deaf })?.alerts).toEqual([alert("critical"), goesOn]);
  });
});
