/** Silences as people write and read them. */
import { fieldTime, parseFieldTime } from "@/client/format";
import type { Zone } from "@/client/zone";
import type { AlertRow, NewSilence } from "@/contracts/http";
import type { Matcher } from "@/domain/alerts/silence";
import { MAX_SILENCE_MS } from "@/domain/alerts/silence";

export interface SilenceDraft {
  matchers: Matcher[];
  /** Time of a field. */
  endsAtMs: number | null;
  comment: string;
}

export const HOUR_MS = 3_600_000;
const MATCHED = ["alertname", "incident", "objective", "router", "source", "type"];

/** An end as its field shows it. */
export interface SilenceEnd {
  text: string;
  /** null where the text is no time. */
  atMs: number | null;
}

/** Of a length that was chosen the time is kept: in the night in which clocks are put back its text stands for two. */
export function endAt(atMs: number, zone: Zone): SilenceEnd {
  return { text: fieldTime(atMs, zone), atMs };
}

export function typedEnd(text: string, zone: Zone): SilenceEnd {
  return { text, atMs: parseFieldTime(text, zone) };
}

/** Matches this alert, and not others of its rule. */
export function matchersOf({ labels }: Pick<AlertRow, "labels">): Matcher[] {
  return MATCHED.flatMap((name) => {
    const value = labels[name];
    return value === undefined ? [] : [{ name, op: "=" as const, value }];
  });
}

/** `router="A"` */
export function matcherText({ name, op, value }: Matcher): string {
  return `${name}${op}${JSON.stringify(value)}`;
}

/** What a draft says; or why it cannot be used, in a sentence. */
export function readSilence(
  { matchers, endsAtMs, comment }: SilenceDraft,
  nowMs: number,
): { ok: true; silence: NewSilence } | { ok: false; problem: string } {
  const named = matchers.filter(({ name }) => name.trim() !== "");
  if (!named.some(({ op, value }) => op === "=" && value !== "")) {
    return refused("Say of at least one label what it is.");
  }
  if (endsAtMs === null) return refused("Say when it ends.");
  if (endsAtMs <= nowMs) return refused("The end must lie ahead.");
  if (endsAtMs > nowMs + MAX_SILENCE_MS) return refused("A silence lasts at most 90 days.");
  if (comment.trim() === "") return refused("Say why, for whoever reads it later.");
  return { ok: true, silence: { matchers: named, endsAt: new Date(endsAtMs).toISOString(), comment } };
}

function refused(problem: string): { ok: false; problem: string } {
  return { ok: false, problem };
}
