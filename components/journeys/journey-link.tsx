"use client";
import Link from "next/link";
import { duration, NO_DATA, namesAndMore } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { JourneyRow } from "@/contracts/http";
import { IdText } from "../ui/id-text";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { prepareOutcome } from "./prepare-outcome";

export const ROW_COLUMNS =
  "grid-cols-[7.5rem_minmax(8rem,1.2fr)_minmax(5rem,0.8fr)_minmax(10rem,2fr)_minmax(8rem,1.2fr)_6rem_8rem] gap-x-3";

/** One journey as a row, on a phone as a small card. */
export function JourneyLink({ row }: { row: JourneyRow }) {
  const href = useHref();
  const outcome = prepareOutcome(row);
  return (
    <Link
      href={href(`/journeys/${encodeURIComponent(row.id)}`, { environment: row.environment })}
      prefetch={false}
      className={`flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-[13px] -outline-offset-2 hover:bg-raised md:grid ${ROW_COLUMNS}`}
    >
      <Status status={row.status} />
      <IdText className="max-w-full font-medium">{row.id}</IdText>
      <span className="truncate">{row.owner ?? <span className="text-faint">unknown user</span>}</span>
      <span className="w-full min-w-0 truncate md:w-auto" title={outcome.text}>
        <span className={outcome.broken ? "text-bad" : "text-muted"}>{outcome.text}</span>
      </span>
      <IdText className="hidden text-muted md:inline">
        {namesAndMore(row.routers, row.omitted?.routers ?? 0) || NO_DATA}
      </IdText>
      <span className="text-right">{duration(row.durationMs)}</span>
      <span className="ml-auto text-right text-muted md:ml-0">
        <Time at={row.startedAt} />
      </span>
    </Link>
  );
}
