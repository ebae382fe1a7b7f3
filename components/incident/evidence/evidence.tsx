"use client";
import { Archive, FileQuestion } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/client/api";
import { useIncidentEvidence } from "@/client/use-incident";
import type { IncidentEvidence } from "@/contracts/http";
import { EmptyState } from "../../ui/empty-state";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { Time } from "../../ui/time";
import { Binding } from "./binding";
import { Hops } from "./hops";
import { SideBySide } from "./side-by-side";

interface Props {
  environment: string;
  id: string;
  /** Its key; null = there is none. */
  occurrence: string | null;
}

/** What proves one occurrence. */
export function Evidence({ environment, id, occurrence }: Props) {
  const { data, error, refetch } = useIncidentEvidence(environment, id, occurrence);
  if (occurrence === null || (error instanceof ApiError && error.status === 404)) {
    return (
      <EmptyState icon={FileQuestion} title="No such occurrence">
        It may have been disproved, or its address may be wrong.
      </EmptyState>
    );
  }
  if (error && !data)
    return <ErrorState error={error} title="The evidence could not be fetched" onRetry={() => refetch()} />;
  if (!data) return <SkeletonRows label="The evidence is being fetched" />;
  return <Proof evidence={data} />;
}

function Proof({ evidence }: { evidence: IncidentEvidence }) {
  const { around, occurrence, keptAt } = evidence;
  return (
    <div className="flex min-w-0 flex-col gap-5 p-4">
      {keptAt && (
        <p className="flex items-center gap-2 rounded-md bg-raised px-3 py-2 text-[13px] text-muted">
          <Archive aria-hidden className="size-4 shrink-0" />
          <span>
            The telemetry of that day is gone. This was kept when it was dropped, <Time at={keptAt} />.
          </span>
        </p>
      )}
      <Part title="Who received it">
        <Binding occurrence={occurrence} binding={around.binding} />
      </Part>
      <Part title="The delivery">
        <Hops around={around} occurrence={occurrence} />
      </Part>
      <Part title="Side by side">
        <SideBySide around={around} occurrence={occurrence} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 font-semibold text-[13px]">{title}</h3>
      {children}
    </section>
  );
}
