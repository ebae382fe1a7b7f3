"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { figure } from "@/client/format";
import { isFiltered, TIMELINE_FILTERS, type TimelineView, withoutFilters } from "@/client/timeline-view";
import type { TimelineSummary } from "@/contracts/http";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { Time } from "../ui/time";
import { JumpField } from "./jump-field";

interface Props {
  view: TimelineView;
  /** Of the same times without filters. */
  facets: TimelineSummary["facets"] | undefined;
  onChange: (change: Partial<TimelineView>) => void;
}

const FACETS = ["type", "router", "thread", "stage"] as const;
const LABELS = { type: "Type", router: "Router", thread: "Thread", stage: "Stage" } as const;
const OUTCOMES = [
  { value: "", label: "any" },
  { value: "ok", label: "ok" },
  { value: "error", label: "error" },
];

/** What the timeline is narrowed to, all of it in the URL. */
export function TimelineFilters({ view, facets, onChange }: Props) {
  return (
    <search className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      {FACETS.map((name) => (
        <Select
          key={name}
          label={LABELS[name]}
          labelled
          value={view[name] ?? ""}
          options={optionsOf(facets?.[name] ?? [], view[name])}
          onChange={(value) => onChange({ [name]: value || null })}
        />
      ))}
      <Select
        label="Outcome"
        labelled
        value={view.outcome ?? ""}
        options={OUTCOMES}
        onChange={(value) => onChange({ outcome: value || null })}
      />
      <JumpField />
      {view.connection && (
        <Chip label={`connection ${view.connection}`} onClear={() => onChange({ connection: null })}>
          connection <span className="font-mono">{view.connection}</span>
        </Chip>
      )}
      {view.run && (
        <Chip label={`run ${view.run}`} onClear={() => onChange({ run: null })}>
          run <span className="font-mono">{view.run}</span>
        </Chip>
      )}
      {(view.from || view.to) && (
        <Chip label="these times" onClear={() => onChange({ from: null, to: null })}>
          {view.from && (
            <span>
              from <Time at={view.from} />
            </span>
          )}
          {view.to && (
            <span>
              to <Time at={view.to} />
            </span>
          )}
        </Chip>
      )}
      {isFiltered(view) && (
        <Button
          look="quiet"
          onClick={() =>
            onChange(Object.fromEntries(TIMELINE_FILTERS.map((name) => [name, withoutFilters(view)[name]])))
          }
        >
          Clear filters
        </Button>
      )}
    </search>
  );
}

function optionsOf(facet: TimelineSummary["facets"]["type"], chosen: string | null) {
  const known = facet.map(({ value, events }) => ({ value, label: `${value} (${figure(events)})` }));
  const own = chosen !== null && !facet.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
  return [{ value: "", label: "any" }, ...own, ...known];
}

function Chip({ label, onClear, children }: { label: string; onClear: () => void; children: ReactNode }) {
  return (
    <span className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-md bg-accent-soft pl-2.5 text-accent text-xs">
      <span className="flex min-w-0 gap-1.5 truncate">{children}</span>
      <button
        type="button"
        aria-label={`Do not narrow to ${label}`}
        className="grid size-8 shrink-0 place-items-center"
        onClick={onClear}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
