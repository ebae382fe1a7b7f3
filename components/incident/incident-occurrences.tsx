"use client";
import { useOccurrenceInView } from "@/client/url-state";
import { useIncidentOccurrences } from "@/client/use-incident";
import type { IncidentSummary, OccurrenceRow } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";
import { Evidence } from "./evidence/evidence";

/** Every time that it occurred, and what proves the one that is chosen. */
export function IncidentOccurrences({ incident: { environment, id } }: { incident: IncidentSummary }) {
  const list = useIncidentOccurrences(environment, id);
  const { items, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const [chosen, choose] = useOccurrenceInView();
  const shown = chosen ?? items.find(({ withdrawnAt }) => withdrawnAt === null)?.key ?? items[0]?.key ?? null;
  return (
    <Card title="Evidence" hint="both users around the moment, the delivery, and who received it" flush>
      {error && !data && (
        <ErrorState error={error} title="The occurrences could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={4} label="The occurrences are being fetched" />}
      {data && (
        <div className="grid min-w-0 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <div className="min-w-0 border-b lg:border-r lg:border-b-0">
            <ul aria-label="Occurrences" className="max-h-56 divide-y overflow-y-auto lg:max-h-[44rem]">
              {items.map((occurrence) => (
                <li key={occurrence.key}>
                  <Occurrence
                    occurrence={occurrence}
                    chosen={occurrence.key === shown}
                    onChoose={() => choose(occurrence.key)}
                  />
                </li>
              ))}
              {hasNextPage && (
                <li className="p-2">
                  <Button look="quiet" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
                    Show older
                  </Button>
                </li>
              )}
            </ul>
          </div>
          <Evidence environment={environment} id={id} occurrence={shown} />
        </div>
      )}
    </Card>
  );
}

interface OccurrenceProps {
  occurrence: OccurrenceRow;
  chosen: boolean;
  onChoose: () => void;
}

function Occurrence({ occurrence, chosen, onChoose }: OccurrenceProps) {
  const { occurredAt, owner, recipient, version, withdrawnAt } = occurrence;
  return (
    <button
      type="button"
      aria-current={chosen ? "true" : undefined}
      onClick={onChoose}
      className="flex w-full flex-col gap-0.5 px-4 py-2 text-left text-[13px] -outline-offset-2 hover:bg-raised aria-[current]:bg-accent-soft"
    >
      <span className="flex w-full justify-between gap-2">
        <Time at={occurredAt} as="dayAndClockWithMs" />
        {version !== null && <span className="truncate text-faint text-xs">{version}</span>}
      </span>
      <span className={cn("w-full break-words text-xs", withdrawnAt ? "text-faint line-through" : "text-muted")}>
        {owner ?? "nobody"} → {recipient ?? "nobody known"}
      </span>
      {withdrawnAt && <span className="text-faint text-xs">disproved by later telemetry</span>}
    </button>
  );
}
