"use client";
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { TimelineView } from "./timeline-view";

const text = parseAsString;
const inPlace = { history: "replace", shallow: true } as const;
const parsers = {
  ...{ type: text, router: text, thread: text, stage: text, outcome: text, connection: text, run: text },
  ...{ from: text, to: text },
};

/** The part of a user's timeline in view, in the URL. */
export function useTimelineView(): { view: TimelineView; setView(change: Partial<TimelineView>): void } {
  const [inUrl, set] = useQueryStates(parsers, { history: "push", shallow: true });
  const { from, to, ...filters } = inUrl;
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal values are one view
  const view = useMemo(() => ({ ...filters, from: isoOrNull(from), to: isoOrNull(to) }), [JSON.stringify(inUrl)]);
  return { view, setView: (change) => void set(change) };
}

/** The time that a timeline is opened at, and whether silences are drawn as long as they were, in the URL. */
export function useTimelinePlace() {
  const [at, setAt] = useQueryState("at", text.withOptions(inPlace));
  const [idle, setIdle] = useQueryState("idle", parseAsStringLiteral(["short", "full"]).withOptions(inPlace));
  return {
    at: isoOrNull(at),
    setAt: (next: string | null) => void setAt(next),
    idle: idle ?? "short",
    setIdle: (next: "short" | "full") => void setIdle(next === "short" ? null : next),
  };
}

function isoOrNull(value: string | null): string | null {
  const ms = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
