"use client";
import { ArrowLeftRight, ChevronLeft, MapPinOff } from "lucide-react";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { ApiError } from "@/client/api";
import { useHref } from "@/client/url-state";
import { useJourney } from "@/client/use-journey";
import type { JourneyDetail } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { Skeleton } from "../ui/skeleton";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { CompareFacts } from "./compare-facts";
import { CompareFindings } from "./compare-findings";
import { CompareSteps } from "./compare-steps";
import { CompareWithField } from "./compare-with";
import { compareSteps } from "./prepare-comparison";
import { partingWords } from "./prepare-parting";

/** Two journeys of one environment side by side, aligned at their steps. */
export function ComparePage({ leftId, rightId }: { leftId: string; rightId: string }) {
  const [environment] = useQueryState("environment");
  const left = useJourney(environment, leftId);
  const right = useJourney(left.data?.environment ?? environment, rightId);
  const href = useHref();
  const within = { environment: left.data?.environment ?? environment };
  return (
    <>
      <PageHead title="Two journeys compared" lead={<BackLink id={leftId} environment={within.environment} />}>
        <CompareWithField id={leftId} environment={within.environment} />
        <Link
          href={href(`/journeys/${encodeURIComponent(rightId)}`, { ...within, with: leftId })}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border bg-surface px-3 font-medium text-[13px] hover:bg-raised"
        >
          <ArrowLeftRight aria-hidden className="size-3.5" />
          Swap
        </Link>
      </PageHead>
      <div className="grid min-w-0 grid-cols-2 gap-2 sm:gap-4">
        <Side name="Left" id={leftId} query={left} />
        <Side name="Right" id={rightId} query={right} />
      </div>
      {left.data && right.data && <Compared left={left.data} right={right.data} />}
    </>
  );
}

function BackLink({ id, environment }: { id: string; environment: string | null }) {
  const href = useHref();
  return (
    <Link
      href={href(`/journeys/${encodeURIComponent(id)}`, { environment })}
      className="inline-flex max-w-full items-center gap-1 hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate font-mono">{id}</span>
    </Link>
  );
}

function Compared({ left, right }: { left: JourneyDetail; right: JourneyDetail }) {
  const rows = useMemo(() => compareSteps(left, right), [left, right]);
  return (
    <>
      <p className="max-w-[100ch] text-pretty text-[15px]">{partingWords(rows, left, right)}</p>
      <CompareSteps rows={rows} left={left} right={right} />
      <div className="grid min-w-0 gap-4 lg:grid-cols-2">
        <CompareFacts left={left} right={right} />
        <CompareFindings left={left} right={right} />
      </div>
    </>
  );
}

interface SideProps {
  name: string;
  id: string;
  query: ReturnType<typeof useJourney>;
}

function Side({ name, id, query: { data, error, refetch } }: SideProps) {
  if (!data) return <Absent name={name} id={id} error={error} onRetry={() => refetch()} />;
  const failed = data.status === "failed";
  return (
    <section
      aria-label={`${name}: ${data.id}`}
      className={cn(
        "flex min-w-0 flex-col gap-1.5 rounded-lg border border-l-4 bg-surface p-3 text-[13px]",
        failed ? "border-l-bad-fill" : "border-l-line-strong",
      )}
    >
      <SideLink journey={data} />
      <span role="status">
        <Status status={data.status} />
      </span>
      <p className="text-muted">
        {data.owner ?? "unknown user"} · <Time at={data.startedAt} />
      </p>
    </section>
  );
}

function SideLink({ journey }: { journey: JourneyDetail }) {
  const href = useHref();
  return (
    <h2 className="min-w-0 font-mono font-semibold">
      <Link
        href={href(`/journeys/${encodeURIComponent(journey.id)}`, { environment: journey.environment })}
        className="break-all hover:underline"
      >
        {journey.id}
      </Link>
    </h2>
  );
}

function Absent({
  name,
  id,
  error,
  onRetry,
}: {
  name: string;
  id: string;
  error: Error | null;
  onRetry: () => void;
}): ReactNode {
  if (!error) return <Skeleton className="h-24" />;
  return (
    <Card title={name} flush>
      {error instanceof ApiError && error.status === 404 ? (
        <EmptyState icon={MapPinOff} title={`No journey ${id}`}>
          Nothing with this run or message id was observed in this environment, or it is older than what is kept.
          Journeys are compared within one environment.
        </EmptyState>
      ) : (
        <ErrorState error={error} title="The journey could not be fetched" onRetry={onRetry} />
      )}
    </Card>
  );
}
