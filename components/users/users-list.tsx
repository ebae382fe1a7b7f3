"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { figure } from "@/client/format";
import { MAX_USERS } from "@/client/use-users";
import type { UserRow, UserSort } from "@/contracts/http";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { USER_COLUMNS, UserLink } from "./user-link";

const ROW_PX = 41;

const HEADS: { label: string; sort: UserSort; figures?: boolean }[] = [
  { label: "User", sort: "name" },
  { label: "Last seen", sort: "seen" },
  { label: "Open now", sort: "open" },
  { label: "Journeys", sort: "journeys" },
  { label: "Failed", sort: "failed", figures: true },
  { label: "Leaked messages", sort: "leaks" },
];

interface Props {
  users: UserRow[];
  sort: UserSort;
  onSort: (sort: UserSort) => void;
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

/** The rows in view and a few around them; further pages are fetched when their end comes near. */
export function UsersList({ users, sort, onSort, hasMore, loading, failed, onMore }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [offsetPx, setOffsetPx] = useState(0);
  useLayoutEffect(() => setOffsetPx(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: users.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => users[index]?.id ?? index,
    overscan: 12,
    scrollMargin: offsetPx,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && !failed && last >= users.length - 15) onMore();
  }, [hasMore, loading, failed, last, users.length, onMore]);

  return (
    <>
      <fieldset className={cn("hidden border-b px-4 md:grid", USER_COLUMNS)}>
        <legend className="sr-only">Sorted by</legend>
        {HEADS.map((head) => (
          <Head key={head.sort} {...head} on={sort === head.sort} onSort={onSort} />
        ))}
      </fieldset>
      <ul ref={list} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const user = users[item.index];
          return user ? (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={hasMore ? -1 : users.length}
              className="absolute inset-x-0 top-0 border-b"
              style={{ transform: `translateY(${item.start - offsetPx}px)` }}
            >
              <UserLink user={user} />
            </li>
          ) : null;
        })}
      </ul>
      <ListEnd {...{ hasMore, loading, failed, onMore }} count={users.length} />
    </>
  );
}

function Head({ label, sort, figures, on, onSort }: (typeof HEADS)[number] & { on: boolean; onSort: Props["onSort"] }) {
  const Arrow = sort === "name" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onSort(sort)}
      className={cn(
        "flex h-9 items-center gap-1 font-medium text-xs hover:text-ink",
        figures && "justify-end",
        on ? "text-ink" : "text-faint",
      )}
    >
      {label}
      {on && <Arrow aria-hidden className="size-3" />}
    </button>
  );
}

function ListEnd({
  hasMore,
  loading,
  failed,
  onMore,
  count,
}: Omit<Props, "users" | "sort" | "onSort"> & { count: number }) {
  if (failed)
    return (
      <p role="alert" className="flex items-center justify-center gap-3 p-3 text-[13px] text-bad">
        The next page could not be fetched. <Button onClick={onMore}>Try again</Button>
      </p>
    );
  if (hasMore || loading) return <p className="p-3 text-center text-faint text-xs">Fetching more …</p>;
  if (count >= MAX_USERS)
    return (
      <p className="p-3 text-center text-muted text-xs">
        A list holds {figure(MAX_USERS)} users. Search by the beginning of an id, or choose a shorter time.
      </p>
    );
  return <p className="p-3 text-center text-faint text-xs">No more users.</p>;
}
