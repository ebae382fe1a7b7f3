"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { UserSort } from "@/contracts/http";
import { useRange } from "./url-state";
import { DEFAULT_SORT, USER_SORTS, type UsersView } from "./users-view";

const text = parseAsString;
const parsers = { q: text, sort: parseAsStringLiteral(USER_SORTS).withDefault(DEFAULT_SORT), last: text, from: text };

/** What the users list shows, in the URL: a search that names no time searches everything. */
export function useUsersView(): { view: UsersView; setQ(q: string | null): void; setSort(sort: UserSort): void } {
  const [{ q, sort, last, from }, set] = useQueryStates(parsers, { history: "replace", shallow: true });
  const { range } = useRange();
  const searched = q !== null && last === null && from === null;
  const view = useMemo(() => ({ q, sort, range: searched ? null : range }), [q, sort, searched, range]);
  return { view, setQ: (next) => void set({ q: next }), setSort: (next) => void set({ sort: next }) };
}
