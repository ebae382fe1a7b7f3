import { expect, test } from "vitest";
import {
  anyIncidentFilter,
  type IncidentStateFilter,
  incidentParameters,
  NO_INCIDENT_FILTERS,
} from "./incident-filters";

test.each([
  [null, {}],
  ["waiting", { status: "open,regressed", muted: "false" }],
  ["muted", { muted: "true" }],
  ["withdrawn", { status: "withdrawn" }],
] as const)("the state %s asks for %j", (state: IncidentStateFilter | null, asked: object) => {
  const filters = { ...NO_INCIDENT_FILTERS, state, router: "R" };
  expect(incidentParameters(filters)).toEqual({ severity: null, rule: null, router: "R", ...asked });
});

test("without a filter everything is shown", () => {
  expect(anyIncidentFilter(NO_INCIDENT_FILTERS)).toBe(false);
  expect(anyIncidentFilter({ ...NO_INCIDENT_FILTERS, severity: "critical" })).toBe(true);
});
