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
  /** Left out on a phone unless rows are cards there: what it says can be done without. */
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

/** A cell of a card: its head on the left of it, except in the first, which says what the row is about. */
const CARD_CELL = [
  "max-sm:col-span-2 max-sm:flex max-sm:w-auto max-sm:min-w-0 max-sm:gap-2 max-sm:px-4 max-sm:py-1 max-sm:text-left",
  "max-sm:whitespace-normal max-sm:wrap-anywhere max-sm:has-[>div:empty]:hidden",
  "max-sm:not-first:before:w-22 max-sm:not-first:before:shrink-0 max-sm:not-first:before:pt-px",
  "max-sm:not-first:before:text-faint max-sm:not-first:before:text-xs max-sm:not-first:before:content-[attr(data-head)]",
];

/** Of more columns than these a phone shows too few at once to compare them. */
const MAX_ABREAST = 4;

/**
 * A small table. On a phone each row of a wide one becomes a card that names its cells, so that nothing of it lies
 * beyond the edge. Its rows are bounded by who prepares them.
 */
export function Table<Row>({ caption, columns, rows, rowKey }: Props<Row>) {
  const stacked = columns.filter(({ roomy }) => !roomy).length > MAX_ABREAST;
  return (
    <ScrollRegion label={`${caption}, table`} className="relative overflow-x-auto">
      <table className={cn("w-full border-collapse text-[13px]", stacked && "max-sm:block")}>
        <caption className="sr-only">{caption}</caption>
        <thead className={cn(stacked && "max-sm:block")}>
          <tr className={cn(stacked && "max-sm:flex max-sm:flex-wrap")}>
            {columns.map((column) => (
              <th
                key={column.head}
                scope="col"
                aria-sort={column.sorting?.on ? column.sorting.order : undefined}
                className={cn(
                  "whitespace-nowrap border-b px-2 py-2 sm:px-3 text-left font-medium text-faint text-xs first:pl-4 last:pr-4",
                  column.figures && "text-right",
                  column.roomy && !stacked && "hidden sm:table-cell",
                  stacked && !column.sorting && "max-sm:sr-only",
                )}
              >
                <Head column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={cn(stacked && "max-sm:block")}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={cn(
                "border-b last:border-b-0 hover:bg-raised",
                stacked && "max-sm:grid max-sm:grid-cols-2 max-sm:py-2",
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.head}
                  data-head={column.headHidden ? undefined : column.head}
                  className={cn(
                    "px-2 py-2 align-top sm:px-3 first:pl-4 last:pr-4",
                    column.figures && "text-right",
                    column.className,
                    stacked && CARD_CELL,
                    stacked && column.figures && "max-sm:not-first:col-span-1",
                    column.roomy && !stacked && "hidden sm:table-cell",
                  )}
                >
                  {stacked ? (
                    <div className={cn("min-w-0", column.figures && "max-sm:whitespace-nowrap")}>
                      {column.cell(row)}
                    </div>
                  ) : (
                    column.cell(row)
                  )}
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
