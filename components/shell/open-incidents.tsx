"use client";
import { OctagonAlert } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { counted, figure } from "@/client/format";
import { countInTitle } from "@/client/tab-title";
import { useEnvironment, useHref } from "@/client/url-state";
import { useOpenIncidents } from "@/client/use-open-incidents";

/** Open critical incidents, on every page and in the tab's title. Nothing is shown where there are none. */
export function OpenIncidents() {
  const [environment] = useEnvironment();
  const href = useHref();
  const critical = useOpenIncidents(environment)?.critical ?? 0;
  useEffect(() => countInTitle(critical), [critical]);
  return (
    <span role="status">
      {critical > 0 && (
        <Link
          href={href("/incidents", { state: "waiting", severity: "critical" })}
          title="Messages of one user reached another, and nobody has taken it on"
          className="inline-flex h-8 items-center gap-1.5 rounded-md bg-bad-soft px-2 font-semibold text-[13px] text-bad hover:underline"
        >
          <OctagonAlert aria-hidden className="size-4" />
          <span aria-hidden>{figure(critical)}</span>
          <span className="sr-only">{counted(critical, "open critical incident")}</span>
        </Link>
      )}
    </span>
  );
}
