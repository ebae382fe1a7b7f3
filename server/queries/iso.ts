/** ISO 8601 UTC with ms, as every time in an answer. */
export function iso(time: Date | number): string {
  return new Date(time).toISOString();
}

/** As {@link iso}; null stays null. */
export function isoOrNull(time: Date | number | null): string | null {
  return time === null ? null : iso(time);
}
