"use client";
import { useState } from "react";

export interface Choice {
  /** Whether rows can be chosen. */
  active: boolean;
  /** Ids of the chosen journeys, at most two. */
  ids: string[];
  start(): void;
  stop(): void;
  toggle(id: string): void;
}

/** Two journeys chosen from a list. A third takes the place of the one chosen last. */
export function useChoice(): Choice {
  const [ids, setIds] = useState<string[] | null>(null);
  return {
    active: ids !== null,
    ids: ids ?? [],
    start: () => setIds([]),
    stop: () => setIds(null),
    toggle: (id) => setIds((chosen) => toggled(chosen ?? [], id)),
  };
}

export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids.slice(0, 1), id];
}
