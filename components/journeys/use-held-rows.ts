"use client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { newestFirst } from "@/client/live/journey-changes";
import type { JourneyRow } from "@/contracts/http";

export interface HeldRows {
  rows: JourneyRow[];
  /** Rows that arrived and are not shown yet. */
  waiting: number;
  admit(): void;
}

/** Lets rows that arrive in at once, or keeps them waiting while `held`; rows that are shown already stay. */
export function useHeldRows(rows: JourneyRow[], arrived: JourneyRow[], held: boolean): HeldRows {
  const [admitted, setAdmitted] = useState<ReadonlySet<string>>(new Set());
  const admit = useCallback(() => setAdmitted(new Set(arrived.map((row) => row.key))), [arrived]);
  useEffect(() => {
    if (!held) admit();
  }, [held, admit]);
  return useMemo(() => {
    const inside = held ? arrived.filter((row) => admitted.has(row.key)) : arrived;
    return {
      rows: inside.length > 0 ? [...inside, ...rows].sort(newestFirst) : rows,
      waiting: arrived.length - inside.length,
      admit,
    };
  }, [rows, arrived, held, admitted, admit]);
}
