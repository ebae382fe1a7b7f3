/** Which alerts a silence keeps quiet. Only whole values are compared: a pattern that anybody may write could take forever. */

export interface Matcher {
  /** Name of a label. */
  name: string;
  op: "=" | "!=";
  value: string;
}

export interface Silence {
  id: string;
  matchers: readonly Matcher[];
  startsAtMs: number;
  /** Exclusive. */
  endsAtMs: number;
}

/** The longest that a silence can last. */
export const MAX_SILENCE_MS = 90 * 86_400_000;

/** A label that an alert does not have is empty. */
export function matches(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every(({ name, op, value }) => ((labels[name] ?? "") === value) === (op === "="));
}

/** The silence that holds for these labels; the one that lasts longest, where there are several. */
export function silenceOf(
  silences: readonly Silence[],
  labels: Readonly<Record<string, string>>,
  nowMs: number,
): Silence | null {
  const holding = silences.filter(
    ({ matchers, startsAtMs, endsAtMs }) => startsAtMs <= nowMs && nowMs < endsAtMs && matches(matchers, labels),
  );
  return holding.sort((a, b) => b.endsAtMs - a.endsAtMs)[0] ?? null;
}
