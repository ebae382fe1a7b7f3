"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { figure } from "@/client/format";
import { MAX_USERS } from "@/client/use-users";
import type { UserRow, UserSort } from "@/contracts/http";
import { cn } from "../ui/cn";
import { PagedRows, type Paging } from "../ui/paged-rows";
import { USER_COLUMNS, UserLink } from "./user-link";

const HEADS: { label: string; sort: UserSort; figures?: boolean }[] = [
  { label: "User", sort: "name" },
  { label: "Last seen", sort: "seen" },
  { label: "Open now", sort: "open" },
  { label: "Journeys", sort: "journeys" },
  { label: "Failed", sort: "failed", figures: true },
  { label: "Leaked messages", sort: "leaks" },
];

interface Props extends Paging {
  users: UserRow[];
  sort: UserSort;
  onSort: (sort: UserSort) => void;
}

/** Users, a line each, in the order that their heads choose. */
export function UsersList({ users, sort, onSort, ...paging }: Props) {
  const end =
    users.length >= MAX_USERS
      ? `A list holds ${figure(MAX_USERS)} users. Search by the beginning of an id, or choose a shorter time.`
      : "No more users.";
  return (
    <>
      <fieldset className={cn("hidden border-b px-4 md:grid", USER_COLUMNS)}>
        <legend className="sr-only">Sorted by</legend>
        {HEADS.map((head) => (
          <Head key={head.sort} {...head} on={sort === head.sort} onSort={onSort} />
        ))}
      </fieldset>
      <PagedRows rows={users} rowKey={({ id }) => id} end={end} {...paging}>
        {(user) => <UserLink user={user} />}
      </PagedRows>
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
