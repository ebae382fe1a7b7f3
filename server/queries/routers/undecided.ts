/** Minutes in which absence proves nothing: a router may still act, or telemetry itself was missing. Pure. */
import type { Stretch } from "@/server/storage/reading/router-counts";

const MINUTE_MS = 60_000;

export interface Span {
  fromMs: number;
  toMs: number;
}

/** A time in which a source could not be heard; a gap, or one that lasts, leaves what it hid unknown. */
export interface Outage extends Span {
  kind: string;
  ended: boolean;
}

/** The minutes of the range that are not old enough: what they received may be routed within `routeMs`. */
export function freshSpan({ fromMs, toMs }: Span, nowMs: number, routeMs: number): Span {
  return { fromMs: Math.max(fromMs, floor(nowMs - routeMs)), toMs };
}

/** Minutes whose messages were hidden by outages, before those of `fresh`, each once. */
export function unheardSpans(outages: readonly Outage[], { fromMs }: Span, fresh: Span, routeMs: number): Span[] {
  return joined(
    outages.filter(hides).map((outage) => ({
      fromMs: Math.max(fromMs, floor(outage.fromMs - routeMs)),
      toMs: Math.min(fresh.fromMs, floor(outage.toMs) + MINUTE_MS),
    })),
  );
}

/** What outages hid of a stretch of time, to the ms. */
export function hiddenSpans(outages: readonly Outage[], { fromMs, toMs }: Span): Span[] {
  return joined(
    outages
      .filter(hides)
      .map((outage) => ({ fromMs: Math.max(fromMs, outage.fromMs), toMs: Math.min(toMs, outage.toMs) })),
  );
}

/** What a source sends later hid nothing. */
function hides({ kind, ended }: Outage): boolean {
  return kind === "gap" || !ended;
}

/** The same time as spans that do not touch. */
function joined(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.filter(({ fromMs, toMs }) => fromMs < toMs).sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else merged.push({ ...span });
  }
  return merged;
}

/** Rows that count inbound messages of these minutes. */
export function inboundStretches(spans: readonly Span[]): Stretch[] {
  return spans
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .map((span) => ({ kind: "inbound", grain: "minute", ...span, byBucket: false }));
}

const floor = (ms: number) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
