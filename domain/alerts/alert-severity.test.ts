import { describe, expect, it } from "vitest";
import { ALERT_SEVERITIES, gravestSeverity, minimumsThatTake, severityOfLabel } from "./alert-severity";
import { buildAlert } from "./testing/notifications";

const alerts = (...severities: string[]) => severities.map((severity) => buildAlert({ labels: { severity } }));

describe("severity of what is told", () => {
  it("is that of the gravest alert", () => {
    expect(gravestSeverity({ alerts: alerts("info", "critical", "warning") })).toBe("critical");
    expect(gravestSeverity({ alerts: alerts("ticket", "info") })).toBe("warning");
  });

  it("is unknown as soon as one alert has a word of its own, so that no channel leaves it out", () => {
    expect(gravestSeverity({ alerts: alerts("critical", "whatever") })).toBeNull();
    expect(gravestSeverity({ alerts: [buildAlert({ labels: {} })] })).toBeNull();
  });

  it("knows the words of burn rates and findings", () => {
    expect(["page", "error", "ticket", "none", "odd", undefined].map(severityOfLabel)).toEqual([
      ...["critical", "high", "warning", "info"],
      ...[null, null],
    ]);
  });

  it("is told where as much or less is asked for", () => {
    expect(minimumsThatTake("critical")).toEqual(ALERT_SEVERITIES);
    expect(minimumsThatTake("warning")).toEqual(["warning", "info"]);
    expect(minimumsThatTake(null)).toEqual(ALERT_SEVERITIES);
  });
});
