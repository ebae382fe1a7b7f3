"use client";
import Link from "next/link";
import { figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { Overview } from "@/contracts/http";
import { Status } from "../ui/status";

const ORDER = ["running", "succeeded", "degraded", "failed", "abandoned", "cancelled", "unobserved"] as const;

interface Props {
  journeys: Overview["journeys"];
  window: { from: string; to: string | null };
}

/** How many journeys stand where; each figure opens those journeys. */
export function StatusCounts({ journeys, window }: Props) {
  const href = useHref();
  return (
    <ul
      aria-label="Journeys by status"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-4 xl:grid-cols-7"
    >
      {ORDER.map((status) => (
        <li key={status} className="bg-surface last:max-sm:col-span-2 last:sm:max-xl:col-span-2">
          <Link
            href={href("/journeys", { status, ...window })}
            className="flex items-baseline justify-between gap-2 px-4 py-2.5 text-[13px] hover:bg-raised"
          >
            <Status status={status} />
            <span className="font-semibold text-base">{figure(journeys[status])}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
