/** Time ranges of the URL: a moving window that ends now (`last`), or two absolute times. */
export const PRESETS = [
  { id: "15m", minutes: 15, label: "15 min" },
  { id: "1h", minutes: 60, label: "1 h" },
  { id: "6h", minutes: 360, label: "6 h" },
  { id: "24h", minutes: 1440, label: "24 h" },
  { id: "7d", minutes: 10_080, label: "7 d" },
] as const;
export type PresetId = (typeof PRESETS)[number]["id"];
export const PRESET_IDS = PRESETS.map((preset) => preset.id);
export const DEFAULT_PRESET: PresetId = "1h";

export type Range =
  | { kind: "live"; preset: PresetId; minutes: number }
  | { kind: "fixed"; fromMs: number; toMs: number };

/** The range that the URL's values mean; absolute times win, nonsense falls back to the default window. */
export function readRange(last: PresetId | null, from: string | null, to: string | null): Range {
  const fromMs = from === null ? Number.NaN : Date.parse(from);
  const toMs = to === null ? Number.NaN : Date.parse(to);
  if (fromMs < toMs) return { kind: "fixed", fromMs, toMs };
  const preset = PRESETS.find((candidate) => candidate.id === last) ?? PRESETS[1];
  return { kind: "live", preset: preset.id, minutes: preset.minutes };
}

/** Absolute bounds of a range. */
export function bounds(range: Range, nowMs: number): { fromMs: number; toMs: number } {
  return range.kind === "fixed" ? range : { fromMs: nowMs - range.minutes * 60_000, toMs: nowMs };
}

/** So much before and after something that happened, for pages that show it among what happened beside it. */
export function rangeAround(from: string, to: string | null, aroundMs = 1_800_000): { from: string; to: string } {
  const at = (iso: string, ms: number) => new Date(Date.parse(iso) + ms).toISOString();
  return { from: at(from, -aroundMs), to: at(to ?? from, aroundMs) };
}

/** The bounds as the URL and the API write them. */
export function isoBounds(range: Range, nowMs: number): { from: string; to: string } {
  const { fromMs, toMs } = bounds(range, nowMs);
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
