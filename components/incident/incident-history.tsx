"use client";
import { useIncidentHistory } from "@/client/use-incident";
import { useMayAct } from "@/client/use-may-act";
import type { IncidentEvent, IncidentSummary } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";
import { NoteForm } from "./note-form";
import { historyText } from "./prepare-history";

/** What people and telemetry did, newest first, and a place for notes. */
export function IncidentHistory({ incident: { environment, id } }: { incident: IncidentSummary }) {
  const { items, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useIncidentHistory(
    environment,
    id,
  );
  const mayAct = useMayAct();
  return (
    <Card title="Notes and history" flush>
      {mayAct && <NoteForm environment={environment} id={id} />}
      {error && !data && (
        <ErrorState error={error} title="The history could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={3} label="The history is being fetched" />}
      {data && items.length === 0 && <p className="px-4 py-3 text-[13px] text-muted">Nothing was noted yet.</p>}
      <ol aria-label="History" className="divide-y">
        {items.map((event) => (
          <HistoryRow key={event.id} event={event} />
        ))}
      </ol>
      {hasNextPage && (
        <Button look="quiet" className="m-2" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </Card>
  );
}

function HistoryRow({ event }: { event: IncidentEvent }) {
  const { at, actor, action, occurredAt, mutedUntil, note } = event;
  return (
    <li className="px-4 py-2.5 text-[13px]">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 break-words">
          {actor.name !== null && <strong className="font-medium">{actor.name} </strong>}
          {historyText(event)}
          {action === "muted" && mutedUntil && (
            <>
              {" "}
              <Time at={mutedUntil} />.
            </>
          )}
        </span>
        <span className="text-faint text-xs">
          <Time at={at} />
        </span>
      </p>
      {action === "regressed" && occurredAt && (
        <p className="text-faint text-xs">
          It happened <Time at={occurredAt} as="dayAndClockWithMs" />.
        </p>
      )}
      {note !== null && (
        <p className="mt-1 whitespace-pre-wrap break-words border-line-strong border-l-2 pl-2.5">{note}</p>
      )}
    </li>
  );
}
