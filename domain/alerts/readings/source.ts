/** Whether a source that used to report still does. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";

/** A process that pushed and was not heard of for so long was taken down: nobody says so. */
const FORGOTTEN_MS = 7 * 86_400_000;

export interface SourceInput {
  id: string;
  /** It pushes; the others are asked by Signalbox. */
  pushes: boolean;
  /** When it was heard last; where it never was, since when it is known. null = not known. */
  lastMs: number | null;
}

export function readSource(
  { id, pushes, lastMs }: SourceInput,
  { environment, settings, nowMs }: { environment: string; settings: RuleSettings; nowMs: number },
): Reading {
  const { threshold } = settings;
  const silentMs = lastMs === null ? null : Math.max(0, nowMs - lastMs);
  const forgotten = pushes && silentMs !== null && silentMs >= FORGOTTEN_MS;
  const silent = silentMs !== null && silentMs >= (threshold ?? 0) && !forgotten;
  return {
    labels: { source: id },
    severity: RULES.source_silent.severity ?? "warning",
    condition: silent ? "breached" : "clear",
    ...{ value: silentMs, threshold, gap: silentMs === null ? "no_data" : null, quiet: false },
    summary: `Source ${id} has reported nothing for ${Math.floor((silentMs ?? 0) / 60_000)} minutes`,
    path: pagePath("/sources", environment),
  };
}
