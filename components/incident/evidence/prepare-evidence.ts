/** Decides what the evidence shows: the two timelines on one axis, and what the binding proves. Pure. */
import type { EvidenceAround, EvidenceBinding, EvidenceEvent, OccurrenceRow } from "@/contracts/http";

export interface SideRow {
  /** Unique within the rows. */
  key: string;
  at: string;
  /** One event for each side, in their order; the same event on both is one row. */
  cells: (EvidenceEvent | null)[];
  /** Whether it is part of the proof. */
  proves: boolean;
}

/** Events of both users by time. What both have, the message of one on the other's connection, stands in one row. */
export function sideRows({ sides }: Pick<EvidenceAround, "sides">, proof: readonly string[]): SideRow[] {
  const rows = new Map<string, SideRow>();
  sides.forEach(({ events }, column) => {
    for (const event of events) {
      const row = rows.get(event.id) ?? {
        ...{ key: event.id, at: event.time, proves: proof.includes(event.id) },
        cells: sides.map(() => null),
      };
      row.cells[column] = event;
      rows.set(event.id, row);
    }
  });
  return [...rows.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export interface BindingStory {
  /** Who is proved to have received it; null = nobody is known to have been there. */
  receiver: string | null;
  /** Since when the connection was theirs. */
  since: string | null;
  /** Who had it before, the last first. */
  before: string[];
}

/** Whose connection it was when the message was written to it. */
export function bindingStory(
  binding: EvidenceBinding | null,
  { occurredAt }: Pick<OccurrenceRow, "occurredAt">,
): BindingStory {
  if (!binding) return { receiver: null, since: null, before: [] };
  const held = binding.bindings.filter(({ at }) => Date.parse(at) <= Date.parse(occurredAt) + 1);
  const last = held.findLast(({ userId }) => userId === binding.userId) ?? binding.bindings[0];
  return {
    receiver: binding.userId,
    since: last?.userId === binding.userId ? (last?.at ?? null) : null,
    before: held
      .map(({ userId }) => userId)
      .filter((userId) => userId !== binding.userId)
      .reverse(),
  };
}

/** How the sentence about the connection begins, and what it means, by the rule. */
export function bindingWords({ rule, owner }: Pick<OccurrenceRow, "rule" | "owner">): {
  happened: string;
  verdict: string;
} {
  if (rule === "identity_switch") {
    return { happened: "Somebody else signed in on", verdict: "Nobody had closed it or opened it anew between." };
  }
  if (rule === "identity_from_payload" || rule === "run_crossed_users") {
    return { happened: "It came by", verdict: owner === null ? "" : `It speaks of ${owner}.` };
  }
  if (rule === "canary_seen") {
    return {
      happened: "It was written to",
      verdict: `It holds a token that was planted for ${owner ?? "another user"}.`,
    };
  }
  if (rule === "same_content") {
    return { happened: "It was written to", verdict: `${owner ?? "Another user"} had got exactly the same.` };
  }
  return { happened: "It was written to", verdict: owner === null ? "" : `The message is ${owner}'s.` };
}

/** "+1.2 s" after the first hop, by the reported times. */
export function sinceFirstMs(hops: readonly EvidenceEvent[], { time }: EvidenceEvent): number {
  return Date.parse(time) - Date.parse(hops[0]?.time ?? time);
}
