"use client";
import { Search, X } from "lucide-react";
import { anyFilter, type JourneyFilters, NO_FILTERS } from "@/client/journey-filters";
import { FINDING_CODES, findingTitle } from "@/client/words";
import { STATUSES } from "@/domain/journeys/types";
import { Button } from "../ui/button";
import { IdText } from "../ui/id-text";
import { Select } from "../ui/select";
import { TimeRange } from "../ui/time-range";
import { FilterField } from "./filter-field";

const ANY = "";
const STATUS_OPTIONS = [{ value: ANY, label: "any" }, ...STATUSES.map((status) => ({ value: status, label: status }))];
const FINDING_OPTIONS = [
  { value: ANY, label: "any" },
  ...FINDING_CODES.map((code) => ({ value: code, label: findingTitle(code) })),
];

/** Filters that come with a link only. */
const CHIPS = [
  { name: "step", label: "Broke at" },
  { name: "thread", label: "Thread" },
  { name: "connection", label: "Connection" },
] as const;
const HOUR_MS = 3_600_000;

function lastHour() {
  return { fromMs: Date.now() - HOUR_MS, toMs: Date.now() };
}

/** Null for what is no time: the server says so. */
function timeOf(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

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
      {CHIPS.map(
        ({ name, label }) =>
          filters[name] && (
            <Chip key={name} label={label} value={filters[name]} onRemove={() => onChange({ [name]: null })} />
          ),
      )}
      <TimeRange
        fromMs={timeOf(filters.from)}
        toMs={timeOf(filters.to)}
        suggested={lastHour}
        onChoose={(fromMs, toMs) =>
          onChange({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
        }
      />
      {(filters.from || filters.to) && (
        <Button
          look="quiet"
          size="icon"
          className="-ml-2"
          aria-label="Show journeys of any time"
          onClick={() => onChange({ from: null, to: null })}
        >
          <X aria-hidden className="size-3.5" />
        </Button>
      )}
      {anyFilter(filters) && (
        <Button look="quiet" onClick={() => onChange(NO_FILTERS)}>
          Clear all
        </Button>
      )}
    </search>
  );
}

function Chip({ label, value, onRemove }: { label: string; value: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-md bg-accent-soft pl-2.5 text-accent text-xs">
      <span>{label}</span>
      <IdText className="max-w-48 font-medium">{value}</IdText>
      <button
        type="button"
        aria-label={`Any ${label.toLowerCase()}`}
        className="grid size-8 place-items-center"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
