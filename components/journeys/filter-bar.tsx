"use client";
import { Search, X } from "lucide-react";
import { anyFilter, type JourneyFilters, NO_FILTERS } from "@/client/journey-filters";
import { FINDING_CODES, findingTitle } from "@/client/words";
import { STATUSES } from "@/domain/journeys/types";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { Time } from "../ui/time";
import { FilterField } from "./filter-field";

const ANY = "";
const STATUS_OPTIONS = [{ value: ANY, label: "any" }, ...STATUSES.map((status) => ({ value: status, label: status }))];
const FINDING_OPTIONS = [
  { value: ANY, label: "any" },
  ...FINDING_CODES.map((code) => ({ value: code, label: findingTitle(code) })),
];

interface Props {
  filters: JourneyFilters;
  onChange: (change: Partial<JourneyFilters>) => void;
}

export function FilterBar({ filters, onChange }: Props) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <FilterField
        label="Run or message id, or its beginning"
        placeholder="Run or message id"
        icon={Search}
        value={filters.q}
        onCommit={(q) => onChange({ q })}
        className="w-full sm:w-60"
      />
      <Select
        label="Status"
        labelled
        value={filters.status ?? ANY}
        options={STATUS_OPTIONS}
        onChange={(status) => onChange({ status: status || null })}
      />
      <Select
        label="Finding"
        labelled
        value={filters.finding ?? ANY}
        options={FINDING_OPTIONS}
        onChange={(finding) => onChange({ finding: finding || null })}
      />
      <FilterField label="User" value={filters.user} onCommit={(user) => onChange({ user })} className="w-32" />
      <FilterField label="Router" value={filters.router} onCommit={(router) => onChange({ router })} className="w-44" />
      <FilterField
        label="Version"
        value={filters.version}
        onCommit={(version) => onChange({ version })}
        className="w-28"
      />
      {(filters.from || filters.to) && (
        <span className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent-soft pl-2.5 text-accent text-xs">
          {filters.from && (
            <span>
              from <Time at={filters.from} />
            </span>
          )}
          {filters.to && (
            <span>
              to <Time at={filters.to} />
            </span>
          )}
          <button
            type="button"
            aria-label="Show journeys of any time"
            className="grid size-8 place-items-center"
            onClick={() => onChange({ from: null, to: null })}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      )}
      {anyFilter(filters) && (
        <Button look="quiet" onClick={() => onChange(NO_FILTERS)}>
          Clear all
        </Button>
      )}
    </search>
  );
}
