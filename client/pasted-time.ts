import { parseFieldTime } from "./format";
import type { Zone } from "./zone";

const PLAIN = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d+)?)?$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d+)?)? ?(Z|UTC|[+-]\d\d:?\d\d)$/i;
/** Numbers above it are no seconds but milliseconds. */
const SECONDS_BELOW = 1e11;

/** ms of a time copied from a ticket or a log: ISO 8601 with or without a zone, or a Unix time; null for anything else. */
export function pastedTime(text: string, zone: Zone): number | null {
  const given = text.trim().replace(",", ".");
  if (/^\d{9,13}(\.\d+)?$/.test(given)) {
    const number = Number(given);
    return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  }
  if (PLAIN.test(given)) return parseFieldTime(given.replace(" ", "T"), zone);
  if (!WITH_ZONE.test(given)) return null;
  const ms = Date.parse(
    given
      .replace(" ", "T")
      .replace(/ ?(Z|UTC)$/i, "Z")
      .replace(/ ?([+-]\d\d):?(\d\d)$/, "$1:$2"),
  );
  return Number.isNaN(ms) ? null : ms;
}
