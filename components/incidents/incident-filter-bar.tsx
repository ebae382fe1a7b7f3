"use client";
import {
  anyIncidentFilter,
  type IncidentFilters,
  type IncidentStateFilter,
  NO_INCIDENT_FILTERS,
} from "@/client/incident-filters";
import { LEAK_RULE_CODES, leakRule } from "@/client/words";
import { FilterField } from "../journeys/filter-field";
import { Button } from "../ui/button";
import { Select } from "../ui/select";

const ANY = { value: "", label: "any" };
const STATES: { value: IncidentStateFilter; label: string }[] = [
  { value: "waiting", label: "waits for somebody" },
  { value: "open", label: "open" },
  { value: "regressed", label: "regressed" },
  { value: "acknowledged", label: "acknowledged" },
  { value: "resolved", label: "resolved" },
  { value: "muted", label: "muted" },
  { value: "withdrawn", label: "withdrawn" },
];
const SEVERITIES = ["critical", "high", "warning"].map((severity) => ({ value: severity, label: severity }));
const RULES = LEAK_RULE_CODES.map((rule) => ({ value: rule, label: leakRule(rule).title }));

interface Props {
  filters: IncidentFilters;
  onChange: (change: Partial<IncidentFilters>) => void;
}

export function IncidentFilterBar({ filters, onChange }: Props) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Select
        label="State"
        labelled
        value={filters.state ?? ""}
        options={[ANY, ...STATES]}
        onChange={(state) => onChange({ state: STATES.find(({ value }) => value === state)?.value ?? null })}
      />
      <Select
        label="Severity"
        labelled
        value={filters.severity ?? ""}
        options={[ANY, ...SEVERITIES]}
        onChange={(severity) => onChange({ severity: severity || null })}
      />
      <Select
        label="Rule"
        labelled
        value={filters.rule ?? ""}
        options={[ANY, ...RULES]}
        onChange={(rule) => onChange({ rule: rule || null })}
      />
      <FilterField label="Router" value={filters.router} onCommit={(router) => onChange({ router })} className="w-52" />
      {anyIncidentFilter(filters) && (
        <Button look="quiet" onClick={() => onChange(NO_INCIDENT_FILTERS)}>
          Clear all
        </Button>
      )}
    </search>
  );
}
