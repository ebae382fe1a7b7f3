"use client";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";

interface Props<Row> {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** As `usePaged` gives it. */
  list: {
    items: Row[];
    error: Error | null;
    isPending: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  empty: { icon: LucideIcon; title: string };
  /** Stands above the rows. */
  children?: ReactNode;
}

/** A list in pages: fetched, failed, empty, or with a button for more. */
export function ListCard<Row>({ title, hint, actions, list, columns, rowKey, empty, children }: Props<Row>) {
  const { items, error, isPending, hasNextPage, isFetchingNextPage, refetch, fetchNextPage } = list;
  return (
    <Card title={title} hint={hint} actions={actions} flush>
      {children}
      {error && items.length === 0 && (
        <ErrorState error={error} title={`${title} could not be fetched`} onRetry={() => refetch()} />
      )}
      {isPending && <SkeletonRows rows={4} label={`${title} are being fetched`} />}
      {!isPending && !error && items.length === 0 && <EmptyState icon={empty.icon} title={empty.title} />}
      {items.length > 0 && <Table caption={title} columns={columns} rows={items} rowKey={rowKey} />}
      {hasNextPage && (
        <div className="border-t p-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? "Fetching …" : "Show older"}
          </Button>
        </div>
      )}
    </Card>
  );
}
