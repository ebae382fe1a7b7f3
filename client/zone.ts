/** Time zones a reader may choose: the browser's own, UTC, or any of the IANA names. */

/** "local", "utc", or an IANA name such as "Europe/Berlin". */
export type Zone = string;

const LOCAL = "local";
const UTC = "utc";
/** Browsers keep old spellings of these; either is understood. */
const RENAMED: Record<string, string> = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv",
  "America/Godthab": "America/Nuuk",
};

/** The zone that a text names, in its usual spelling; null for none that this browser knows. */
export function parseZone(text: string | null): Zone | null {
  if (text === null || text === "") return null;
  if (/^(local|utc)$/i.test(text)) return text.toLowerCase();
  try {
    const name = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
    return name === "UTC" ? UTC : (RENAMED[name] ?? name);
  } catch {
    return null;
  }
}

/** Every IANA name that can be chosen, by name. */
export function zoneNames(): string[] {
  const names = Intl.supportedValuesOf("timeZone").filter((name) => !/^(Etc\/)?(UTC|GMT)$/.test(name));
  return [...new Set(names.map((name) => RENAMED[name] ?? name))].sort();
}

/** IANA name of a zone as it is right now in this browser. */
export function ianaName(zone: Zone): string {
  if (zone === UTC) return "UTC";
  if (zone !== LOCAL) return zone;
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return RENAMED[name] ?? name;
}

/** "UTC+05:30": how far the zone is from UTC at that moment. */
export function zoneOffset(zone: Zone, atMs: number): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: ianaName(zone), timeZoneName: "longOffset" });
  const part = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName");
  return (part?.value ?? "GMT").replace("GMT", "UTC").replace(/[+-]00:00$/, "");
}

/** "Berlin", "UTC": enough to tell beside a clock which zone it shows. */
export function shortZoneName(zone: Zone): string {
  return ianaName(zone).split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}
