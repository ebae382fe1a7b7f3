"use client";
import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { useHref } from "@/client/url-state";
import { useNeighbours } from "@/client/use-journey";
import type { JourneyDetail, JourneyRow } from "@/contracts/http";
import { Button } from "../ui/button";
import { IdText } from "../ui/id-text";
import { Popover } from "../ui/popover";
import { Time } from "../ui/time";

interface FieldProps {
  id: string;
  environment: string | null;
}

function useCompareHref({ id, environment }: FieldProps): (other: string) => string {
  const href = useHref();
  return (other) => href(`/journeys/${encodeURIComponent(id)}`, { environment, with: other });
}

/** Takes the id of another journey and holds the two side by side. */
export function CompareWithField(props: FieldProps) {
  const [other, setOther] = useState("");
  const router = useRouter();
  const hrefOf = useCompareHref(props);
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const id = other.trim();
    if (id && id !== props.id) router.push(hrefOf(id));
  }
  return (
    <form onSubmit={onSubmit} className="flex items-center gap-2">
      <label className="min-w-0 flex-1">
        <span className="sr-only">Run or message id to compare with</span>
        <input
          value={other}
          onChange={(event) => setOther(event.target.value)}
          placeholder="Run or message id"
          spellCheck={false}
          autoComplete="off"
          className="h-8 w-full min-w-44 rounded-md border bg-surface px-2.5 font-mono text-[13px] hover:border-line-strong"
        />
      </label>
      <Button type="submit" disabled={!other.trim() || other.trim() === props.id}>
        Compare
      </Button>
    </form>
  );
}

/** What a journey can be held against: the last healthy ones, or any other by its id. */
export function CompareWith({ journey }: { journey: JourneyDetail }) {
  const { data } = useNeighbours(journey.environment, journey.id, journey.key);
  const { ofOwner, ofAnybody } = data?.lastHealthy ?? { ofOwner: null, ofAnybody: null };
  return (
    <Popover
      label="Compare with"
      className="flex w-96 flex-col gap-3 p-3 text-[13px]"
      trigger={
        <Button>
          <GitCompareArrows aria-hidden className="size-3.5" />
          Compare
        </Button>
      }
    >
      {ofOwner && (
        <Suggestion journey={journey} other={ofOwner}>
          The last healthy one of {journey.owner}
        </Suggestion>
      )}
      {ofAnybody && ofAnybody.key !== ofOwner?.key && (
        <Suggestion journey={journey} other={ofAnybody}>
          The last healthy one of anybody
        </Suggestion>
      )}
      {data && !ofOwner && !ofAnybody && <p className="text-muted">No journey succeeded before this one.</p>}
      <CompareWithField id={journey.id} environment={journey.environment} />
    </Popover>
  );
}

function Suggestion({ journey, other, children }: { journey: JourneyDetail; other: JourneyRow; children: ReactNode }) {
  const hrefOf = useCompareHref(journey);
  return (
    <Link
      href={hrefOf(other.id)}
      className="flex flex-wrap items-baseline justify-between gap-x-3 rounded-md border px-3 py-2 hover:border-line-strong hover:bg-raised"
    >
      <span className="font-medium">{children}</span>
      <span className="text-faint text-xs">
        <Time at={other.startedAt} />
      </span>
      <IdText className="w-full text-muted">{other.id}</IdText>
    </Link>
  );
}
