/** The range that a drag from one bucket to another means; null for a mere click. */
export function selectedRange(
  startMs: number | null,
  endMs: number | null,
  bucketMs: number,
): { fromMs: number; toMs: number } | null {
  if (startMs === null || endMs === null || startMs === endMs) return null;
  return { fromMs: Math.min(startMs, endMs), toMs: Math.max(startMs, endMs) + bucketMs };
}
