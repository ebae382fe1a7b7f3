"use client";
import { parseAsStringLiteral, useQueryState } from "nuqs";

const AGAINST = ["all", "alike"] as const;
export type Against = (typeof AGAINST)[number];

/** Which healthy journeys the failed ones are held against; null while they are not compared. */
export function useAgainst(): [Against | null, (against: Against | null) => void] {
  const parser = parseAsStringLiteral(AGAINST).withOptions({ history: "replace", shallow: true });
  const [against, set] = useQueryState("against", parser);
  return [against, (next) => void set(next)];
}
