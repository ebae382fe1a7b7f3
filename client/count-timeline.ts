/** Counts a timeline part by part, so that no answer takes long however many events there are. */
import type { TimelineSummary } from "@/contracts/http";
import type { TimelinePart } from "./timeline-parts";

/** Older events than the newest so many are left out, and the page says so. */
export const MOST_COUNTED = 200_000;

type Ask = (from: string | null, to: string | null) => Promise<TimelineSummary>;
type Times = Pick<TimelinePart, "from" | "to">;

/**
 * Parts that follow each other, the oldest first. Of a timeline that was counted before (`known`), only its newest part
 * is counted again, and what came behind it. `onCounted` hears how many events were counted so far.
 */
export async function countTimeline(
  ask: Ask,
  { from, to }: Times,
  known: readonly TimelinePart[],
  onCounted: (events: number) => void,
): Promise<TimelinePart[]> {
  const kept = known.slice(0, -1);
  let counted = kept.reduce((sum, { summary }) => sum + summary.total, 0);
  const parts: TimelinePart[] = [];
  let next: Times | null = { from: kept.at(-1)?.to ?? from, to };
  while (next) {
    const asked: Times = next;
    const summary = await ask(asked.from, asked.to);
    parts.unshift({ ...asked, summary });
    counted += summary.total;
    onCounted(counted);
    const more = summary.coveredFrom !== null && (kept.length > 0 || counted < MOST_COUNTED);
    next = more ? { from: asked.from, to: summary.coveredFrom } : null;
  }
  return [...kept, ...parts];
}
