"use client";
import Link from "next/link";
import { Fragment } from "react";
import { type SettingsTab, useHref } from "@/client/url-state";
import { cn } from "../ui/cn";

const GROUPS: readonly { title: string; tabs: readonly { tab: SettingsTab; label: string }[] }[] = [
  {
    title: "Judging",
    tabs: [
      { tab: "policy", label: "Policy" },
      { tab: "aliases", label: "Aliases" },
    ],
  },
  {
    title: "Telemetry",
    tabs: [
      { tab: "fields", label: "Allowed fields" },
      { tab: "retention", label: "Retention" },
      { tab: "sources", label: "Sources" },
      { tab: "canaries", label: "Canaries" },
    ],
  },
  {
    title: "Access",
    tabs: [
      { tab: "keys", label: "Keys" },
      { tab: "people", label: "People" },
      { tab: "audit", label: "Audit log" },
    ],
  },
];

/** The parts of the settings; beside the page where there is room, above it on a phone. */
export function SettingsNav({ tab }: { tab: SettingsTab }) {
  const href = useHref();
  return (
    <nav
      aria-label="Parts of the settings"
      className="flex min-w-0 flex-wrap gap-1 lg:sticky lg:top-16 lg:flex-col lg:flex-nowrap lg:self-start"
    >
      {GROUPS.map(({ title, tabs }) => (
        <Fragment key={title}>
          <p className="hidden px-2.5 pt-3 pb-1 font-medium text-faint text-xs first:pt-0 lg:block">{title}</p>
          {tabs.map((entry) => (
            <Link
              key={entry.tab}
              href={href("/settings", { tab: entry.tab })}
              aria-current={entry.tab === tab ? "page" : undefined}
              className={cn(
                "flex h-8 items-center rounded-md border px-2.5 font-medium text-[13px] text-muted hover:text-ink lg:border-transparent lg:hover:bg-raised",
                entry.tab === tab && "border-line-strong bg-surface text-ink lg:border-line",
              )}
            >
              {entry.label}
            </Link>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}
