/** Times as sources state them: ISO 8601, or a number whose unit follows from its magnitude. */

const ISO =
  /^(\d{4}|[+-]\d{6})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;
const MINUTE_MS = 60_000;

/**
 * Milliseconds since the epoch with microseconds as fraction, or null where `value` is no time.
 * Numbers: below 1e11 seconds, below 1e14 ms, below 1e17 µs, else ns. ISO strings without a zone are UTC, as servers write them.
 */
export function parseTime(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? fromNumber(value) : null;
  return typeof value === "string" && value.length <= 64 ? fromIso(value.trim()) : null;
}

function fromNumber(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return Math.round(value * 1e6) / 1e3;
  if (size < 1e14) return Math.round(value * 1e3) / 1e3;
  if (size < 1e17) return Math.round(value) / 1e3;
  return Math.round(value / 1e3) / 1e3;
}

function fromIso(text: string): number | null {
  return fromUsual(text) ?? fromAny(text);
}

/** `2026-11-21T10:03:12.004Z`, as most programs write it, digit by digit; null for all else, and for days after the 28th. */
function fromUsual(text: string): number | null {
  if (text.length !== 24 || text[4] !== "-" || text[7] !== "-" || text[10] !== "T") return null;
  if (text[13] !== ":" || text[16] !== ":" || text[19] !== "." || text[23] !== "Z") return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const ms = digits(text, 20, 23);
  // NaN makes each comparison false.
  const usual = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  if (!usual || !(hour <= 23) || !(minute <= 59) || !(second <= 59) || !(ms >= 0)) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

/** The number that the digits from `from` to before `to` make; NaN where one is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function fromAny(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (hour > 24 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const micros = Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const wholeMs = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 - zoneOffsetMs(match[8]);
  return wholeMs + micros / 1e3;
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4));
  return (zone.startsWith("-") ? -minutes : minutes) * MINUTE_MS;
}
