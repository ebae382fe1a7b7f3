import { ianaName, shortZoneName, type Zone, zoneNames, zoneOffset } from "@/client/zone";

export interface ZoneOption {
  zone: Zone;
  label: string;
  /** "UTC+01:00" */
  offset: string;
}

const MAX_OPTIONS = 60;

/**
 * The zones whose name, city or offset holds what was typed: the browser's own and UTC first, then by name.
 * Bounded; `omitted` says how many more match.
 */
export function prepareZones(typed: string, atMs: number): { options: ZoneOption[]; omitted: number } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const option = (zone: Zone, label: string) => ({ zone, label, offset: zoneOffset(zone, atMs) });
  const all = [
    option("local", `This browser's: ${shortZoneName("local")}`),
    option("utc", "UTC"),
    ...zoneNames().map((name) => option(name, name.replaceAll("_", " "))),
  ];
  const matching = all.filter(({ zone, label, offset }) => {
    const text = `${label} ${ianaName(zone)} ${offset}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return { options: matching.slice(0, MAX_OPTIONS), omitted: Math.max(0, matching.length - MAX_OPTIONS) };
}
