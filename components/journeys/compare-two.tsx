"use client";
import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { Button } from "../ui/button";
import type { Choice } from "./use-choice";

/** Lets two journeys of the list be chosen, then leads to them side by side. */
export function CompareTwo({ environment, choice }: { environment: string | null; choice: Choice }) {
  const href = useHref();
  const [first, second] = choice.ids;
  if (!choice.active)
    return (
      <Button size="small" onClick={choice.start}>
        <GitCompareArrows aria-hidden className="size-3.5" />
        Compare two
      </Button>
    );
  return (
    <span className="inline-flex items-center gap-2">
      {first && second ? (
        <Link
          href={href(`/journeys/${encodeURIComponent(first)}`, { environment, with: second })}
          className="inline-flex h-7 items-center gap-1.5 rounded-md bg-accent px-2 font-medium text-accent-ink text-xs hover:opacity-90"
        >
          <GitCompareArrows aria-hidden className="size-3.5" />
          Compare these two
        </Link>
      ) : (
        <span role="status" className="text-muted text-xs">
          {first ? "Choose another one" : "Choose two journeys"}
        </span>
      )}
      <Button size="small" look="quiet" onClick={choice.stop}>
        Cancel
      </Button>
    </span>
  );
}
