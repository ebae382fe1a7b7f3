import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { ScrollRegion } from "./scroll-region";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand on the right. */
  figures?: boolean;
  /** The head is for screen readers only: the cells say themselves what they are. */
  headHidden?: boolean;
  /** Left out on a phone: what it says can be done without. */
  roomy?: boolean;
  className?: string;
  /** Makes the head a button that puts the rows into this column's order. */
  sorting?: { on: boolean; order: "ascending" | "descending"; onSort: () => void };
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
}

/** A small table that scrolls by itself where the page is narrow. Its rows are bounded by who prepares them. */
export function Table<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  return (
    <ScrollRegion label={`${caption}, table`} className="relative overflow-x-auto">
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.head}
                scope="col"
                aria-sort={column.sorting?.on ? column.sorting.order : undefined}
                className={cn(
                  "whitespace-nowrap border-b px-2 py-2 sm:px-3 text-left font-medium text-faint text-xs first:pl-4 last:pr-4",
                  column.figures && "text-right",
                  column.roomy && "hidden sm:table-cell",
                )}
              >
                <Head column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b last:border-b-0 hover:bg-raised">
              {columns.map((column) => (
                <td
                  key={column.head}
                  className={cn(
                    "px-2 py-2 align-top sm:px-3 first:pl-4 last:pr-4",
                    column.figures && "text-right",
                    column.roomy && "hidden sm:table-cell",
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Head<Row>({ column: { head, headHidden, sorting } }: { column: Column<Row> }) {
  if (headHidden) return <span className="sr-only">{head}</span>;
  if (!sorting) return head;
  const Arrow = sorting.order === "ascending" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={sorting.onSort}
      className={cn("inline-flex items-center gap-1 hover:text-ink", sorting.on && "text-ink")}
    >
      {head}
      {sorting.on && <Arrow aria-hidden className="size-3" />}
    </button>
  );
}
