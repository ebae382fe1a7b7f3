"use client";
import { figure } from "@/client/format";
import { MAX_ROWS } from "@/client/use-journeys";
import type { JourneyRow } from "@/contracts/http";
import { PagedRows, type Paging } from "../ui/paged-rows";
import { JourneyLink, ROW_COLUMNS } from "./journey-link";
import type { Choice } from "./use-choice";

interface Props extends Paging {
  rows: JourneyRow[];
  choice: Choice;
}

/** Journeys, a line each; two of them can be chosen to be compared. */
export function JourneysList({ rows, choice, ...paging }: Props) {
  const end =
    rows.length >= MAX_ROWS
      ? `A list holds ${figure(MAX_ROWS)} journeys. Narrow the filters to see older ones.`
      : "No older journeys.";
  return (
    <>
      <div aria-hidden className={`hidden border-b px-4 py-2 font-medium text-faint text-xs md:grid ${ROW_COLUMNS}`}>
        <span>Status</span>
        <span>Journey</span>
        <span>User</span>
        <span>What happened</span>
        <span>Router</span>
        <span className="text-right">Duration</span>
        <span className="text-right">Started</span>
      </div>
      <PagedRows rows={rows} rowKey={({ key }) => key} end={end} {...paging}>
        {(row) =>
          choice.active ? (
            <div className="flex items-center">
              <Choose row={row} choice={choice} />
              <JourneyLink row={row} />
            </div>
          ) : (
            <JourneyLink row={row} />
          )
        }
      </PagedRows>
    </>
  );
}

function Choose({ row, choice }: { row: JourneyRow; choice: Choice }) {
  return (
    <label className="grid size-10 shrink-0 place-items-center">
      <input
        type="checkbox"
        checked={choice.ids.includes(row.id)}
        onChange={() => choice.toggle(row.id)}
        aria-label={`Compare ${row.id}`}
        className="size-4 accent-[var(--accent)]"
      />
    </label>
  );
}
