"use client";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { usersOfLeak } from "@/client/words";
import type { EvidenceAround, EvidenceEvent, OccurrenceRow } from "@/contracts/http";
import { cn } from "../../ui/cn";
import { IdText } from "../../ui/id-text";
import { ScrollRegion } from "../../ui/scroll-region";
import { Time } from "../../ui/time";
import { sideRows } from "./prepare-evidence";

/** Brings the proof into the middle of the part that scrolls; the page stays where it is. */
function intoView(row: HTMLTableRowElement | null) {
  const region = row?.closest("section");
  if (row && region) region.scrollTop = row.offsetTop - region.clientHeight / 2;
}

/** What both users did around the moment, on one axis. */
export function SideBySide({ around, occurrence }: { around: EvidenceAround; occurrence: OccurrenceRow }) {
  const href = useHref();
  const { sides, from, to } = around;
  const roles = usersOfLeak(occurrence.rule);
  const rows = sideRows(around, occurrence.eventIds);
  if (sides.length === 0) return <p className="text-[13px] text-muted">Neither user is known.</p>;
  return (
    <>
      <ScrollRegion label="Both timelines" className="-mx-4 max-h-[32rem] overflow-y-auto border-y">
        <table className="w-full table-fixed border-collapse text-[13px]">
          <caption className="sr-only">What both users did around the moment</caption>
          <thead className="sticky top-0 z-10 bg-surface">
            <tr>
              <th scope="col" className="w-24 border-b px-4 py-2 text-left font-medium text-faint text-xs sm:w-28">
                Time
              </th>
              {sides.map(({ userId, role }) => (
                <th key={role} scope="col" className="border-b px-2 py-2 text-left align-top font-medium">
                  <Link
                    href={href(`/users/${encodeURIComponent(userId)}`, { from, to })}
                    className="flex hover:underline"
                  >
                    <IdText>{userId}</IdText>
                  </Link>
                  <span className="block font-normal text-faint text-xs">{roles[role].toLowerCase()}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.key}
                ref={row.proves ? intoView : null}
                className={cn("border-b last:border-b-0 align-top", row.proves && "bg-bad-soft")}
              >
                <td className="px-4 py-1.5 text-faint text-xs">
                  <Time at={row.at} as="clockWithMs" />
                  {row.proves && <span className="sr-only">, part of the proof</span>}
                </td>
                {row.cells.map((event, column) => (
                  <td key={sides[column]?.role} className="min-w-0 break-words px-2 py-1.5">
                    {event && <Happened event={event} user={sides[column]?.userId ?? ""} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="px-4 py-3 text-[13px] text-muted">No event of either is stored within half a minute.</p>
        )}
      </ScrollRegion>
      <p className="mt-1.5 text-faint text-xs">
        From <Time at={from} as="clockWithMs" /> to <Time at={to} as="clockWithMs" />
        {sides.some(({ moreBefore, moreAfter }) => moreBefore || moreAfter) &&
          "; of busy users only the events nearest to the moment"}
        .
      </p>
    </>
  );
}

function Happened({ event, user }: { event: EvidenceEvent; user: string }) {
  const { stage, type, router, agentName, toolName, connectionId, connectionUser, userId } = event;
  const foreign = userId !== null && userId !== user;
  const by = [agentName, toolName, router].filter((name) => name !== null).join(" · ");
  return (
    <>
      <span className="font-medium">{stage}</span> {type !== null && <span className="text-muted">{type}</span>}
      {by !== "" && <span className="block text-muted text-xs">{by}</span>}
      {connectionId !== null && (
        <span className="block text-faint text-xs">
          on {connectionId}
          {connectionUser !== null && connectionUser !== user && (
            <strong className="font-medium text-bad">, {connectionUser}&apos;s</strong>
          )}
        </span>
      )}
      {foreign && <strong className="block font-medium text-bad text-xs">claims {userId}</strong>}
    </>
  );
}
