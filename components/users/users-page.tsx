"use client";
import { Search, UsersRound } from "lucide-react";
import { figure } from "@/client/format";
import { useEnvironment } from "@/client/url-state";
import { useUsers, useUsersRenewal } from "@/client/use-users";
import { useUsersView } from "@/client/use-users-view";
import type { UserSort } from "@/contracts/http";
import { FilterField } from "../journeys/filter-field";
import { useReading } from "../journeys/use-reading";
import { RangePicker } from "../overview/range-picker";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { UsersList } from "./users-list";

const SORTS: { value: UserSort; label: string }[] = [
  { value: "seen", label: "last seen" },
  { value: "name", label: "name" },
  { value: "open", label: "open connections" },
  { value: "journeys", label: "journeys" },
  { value: "failed", label: "failed journeys" },
  { value: "leaks", label: "leaked messages" },
];

/** Everybody who was here: who is connected, whose journeys failed, whose messages went astray. */
export function UsersPage() {
  const [environment] = useEnvironment();
  const { view, setQ, setSort } = useUsersView();
  const query = useUsers(environment, view);
  const reading = useReading();
  const pages = query.data?.pages;
  const { waiting, renew } = useUsersRenewal(environment, view, reading.active || (pages?.length ?? 0) > 1);
  const users = (pages ?? []).flatMap((page) => page.items);

  return (
    <>
      <PageHead
        title="Users"
        lead={view.range === null ? "Searched in everything that is kept." : "Who was here, and what came of it."}
      >
        {waiting > 0 && (
          <Button look="strong" size="small" className="rounded-full" onClick={renew}>
            {figure(waiting)} changed
          </Button>
        )}
        <RangePicker />
      </PageHead>
      <search className="flex flex-wrap items-center gap-2">
        <FilterField
          label="User id, or its beginning"
          placeholder="User id, or its beginning"
          icon={Search}
          value={view.q}
          onCommit={setQ}
          className="w-full sm:w-72"
        />
        <Select label="Sorted by" labelled className="md:hidden" value={view.sort} options={SORTS} onChange={setSort} />
        {pages?.[0]?.moreFound && (
          <p className="text-muted text-xs">
            The first 1,000 users whose ids begin so, by id. Type more to find others.
          </p>
        )}
      </search>
      <section
        aria-label="Users"
        aria-busy={query.isPlaceholderData}
        className="min-w-0 rounded-lg border bg-surface aria-busy:opacity-60"
        {...reading.handlers}
      >
        {query.isPending && <SkeletonRows rows={10} label="Users are being fetched" />}
        {query.error && !pages && (
          <ErrorState error={query.error} title="The users could not be fetched" onRetry={() => query.refetch()} />
        )}
        {pages && users.length === 0 && <Nobody q={view.q} onClear={() => setQ(null)} />}
        {pages && users.length > 0 && (
          <UsersList
            users={users}
            sort={view.sort}
            onSort={setSort}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            failed={query.isFetchNextPageError}
            onMore={() => void query.fetchNextPage()}
          />
        )}
      </section>
    </>
  );
}

function Nobody({ q, onClear }: { q: string | null; onClear: () => void }) {
  if (q !== null)
    return (
      <EmptyState icon={UsersRound} title={`No user's id begins with ${q}`}>
        Only ids that a connection authenticated are known here; a mere claim is none.
        <br />
        <Button className="mt-2" onClick={onClear}>
          Clear the search
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={UsersRound} title="Nobody was here in this time">
      Choose a longer time, or search for a user by the beginning of their id.
    </EmptyState>
  );
}
