/** Sizes on disk as people type and read them; units of 1024, as the setting SIGNALBOX_MAX_DISK has them. */

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** "410 MB", "1.4 GB" */
export function size(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

/** Bytes of "20 GB", "500MB" or "1.5 TiB"; null without a unit, or when it is no size. */
export function parseSize(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*([kmgtp])i?b\s*$/i.exec(text);
  if (!match) return null;
  const power = 1 + ["k", "m", "g", "t", "p"].indexOf(match[2]?.toLowerCase() ?? "");
  return Math.round(Number(match[1]?.replace(",", ".")) * 1024 ** power);
}

/** "1.2 M", "340 k", "12": events of a day, at a glance. */
export function roughly(count: number): string {
  if (count >= 999_500) return `${(count / 1_000_000).toFixed(count >= 99_950_000 ? 0 : 1)} M`;
  return count >= 9_995 ? `${Math.round(count / 1_000)} k` : count.toLocaleString("en-GB");
}
