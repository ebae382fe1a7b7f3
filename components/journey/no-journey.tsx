"use client";
import { MapPinOff } from "lucide-react";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { useJourneyElsewhere } from "@/client/use-journey";
import { EmptyState } from "../ui/empty-state";

/** Nothing has this id; where another environment has it, the way there. */
export function NoJourney({ id, environment }: { id: string; environment: string | null }) {
  const href = useHref();
  const elsewhere = useJourneyElsewhere(environment, id);
  return (
    <EmptyState icon={MapPinOff} title={`No journey ${id}`}>
      Nothing with this run or message id was observed{environment ? ` in ${environment}` : ""}, or it is older than
      what is kept.
      {elsewhere && (
        <p className="mt-1">
          <Link
            href={href(`/journeys/${encodeURIComponent(id)}`, { environment: elsewhere })}
            className="text-accent underline"
          >
            {elsewhere} has one of this id
          </Link>
        </p>
      )}
    </EmptyState>
  );
}
