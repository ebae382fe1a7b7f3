"use client";
import Link from "next/link";
import type { AlertsTab } from "@/client/alert-words";
import { useHref } from "@/client/url-state";
import { cn } from "../ui/cn";

const TABS: readonly { tab: AlertsTab; label: string }[] = [
  { tab: "firing", label: "Firing now" },
  { tab: "objectives", label: "Objectives" },
  { tab: "history", label: "History" },
  { tab: "rules", label: "Rules" },
  { tab: "silences", label: "Silences" },
  { tab: "channels", label: "Channels" },
];

/** The parts of the alerts. */
export function AlertsNav({ tab }: { tab: AlertsTab }) {
  const href = useHref();
  return (
    <nav aria-label="Parts of the alerts" className="flex min-w-0 flex-wrap gap-1">
      {TABS.map((entry) => (
        <Link
          key={entry.tab}
          href={href("/alerts", { tab: entry.tab })}
          aria-current={entry.tab === tab ? "page" : undefined}
          className={cn(
            "flex h-8 items-center rounded-md border px-2.5 font-medium text-[13px] text-muted hover:text-ink",
            entry.tab === tab && "border-line-strong bg-surface text-ink",
          )}
        >
          {entry.label}
        </Link>
      ))}
    </nav>
  );
}
