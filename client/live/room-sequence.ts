/** Decides what a numbered message of one room means, given the number seen last. */
export type SequenceStep =
  | { action: "apply"; seq: number }
  /** Seen already, or sent before the snapshot that was asked for. */
  | { action: "ignore" }
  /** Messages are missing: what is shown can no longer be trusted, subscribe again. */
  | { action: "resubscribe"; missed: number };

/** `last` is null until the snapshot has come. */
export function followDelta(last: number | null, seq: number): SequenceStep {
  if (last === null || seq <= last) return { action: "ignore" };
  if (seq === last + 1) return { action: "apply", seq };
  return { action: "resubscribe", missed: seq - last - 1 };
}
