/** Leaks that are stored, held against those that the events show. */
import { type FoundOccurrence, storedOccurrences } from "@/server/storage/judging/occurrences";
import type { Session } from "@/server/storage/judging/transaction";
import type { Difference } from "./verify-store";

/** What was found in these subjects of one environment, and what else should not stand of them. */
export async function compareLeaks(
  session: Session,
  environment: string,
  subjects: readonly string[],
  found: readonly Pick<FoundOccurrence, "key" | "subject" | "owner" | "recipient">[],
): Promise<Difference[]> {
  if (subjects.length === 0) return [];
  const rows = await storedOccurrences(session, [
    ...subjects.map((subject) => ({ environment, subject })),
    ...found.map(({ key }) => ({ environment, key })),
  ]);
  const standing = new Map(rows.filter((row) => !row.withdrawn).map((row) => [row.key, row]));
  const wanted = new Map(found.map((occurrence) => [occurrence.key, occurrence]));
  const of = new Set(subjects);
  const differences: Difference[] = [];
  for (const [key, { owner, recipient }] of wanted) {
    const row = standing.get(key);
    const stored = row && { owner: row.owner, recipient: row.recipient };
    if (stored?.owner === owner && stored.recipient === recipient) continue;
    differences.push({ what: "leak_differs", environment, key, expected: { owner, recipient }, stored });
  }
  for (const [key, { subject, owner, recipient }] of standing) {
    if (!of.has(subject) || wanted.has(key)) continue;
    differences.push({ what: "leak_differs", environment, key, expected: null, stored: { owner, recipient } });
  }
  return differences;
}
