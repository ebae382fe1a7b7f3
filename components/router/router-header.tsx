"use client";
import { CircleX, Route } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { duration, figure, percent } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { RouterRow } from "@/contracts/http";
import { NamedList } from "../routers/named-list";
import { ratio } from "../routers/prepare-routers";
import { useWindow } from "../routers/use-window";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";

/** One router in figures, and the journeys that went through it. */
export function RouterHeader({ row }: { row: RouterRow }) {
  const { latencyMs, errors, messages } = row;
  return (
    <section aria-label="Router" className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
        <h1 className="min-w-0 break-all font-mono font-semibold text-base">{row.router}</h1>
        <div className="ml-auto flex flex-wrap gap-2">
          <ToJourneys router={row.router} status={null} icon={<Route aria-hidden className="size-3.5" />}>
            Its journeys
          </ToJourneys>
          <ToJourneys router={row.router} status="failed" icon={<CircleX aria-hidden className="size-3.5" />}>
            Its failed journeys
          </ToJourneys>
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-px border-t bg-line sm:grid-cols-4 xl:grid-cols-8">
        <Fact name="Messages">{messages === 0 ? "silent in this time" : figure(messages)}</Fact>
        <Fact name="Of all messages">{messages === 0 ? "–" : percent(row.share, 1)}</Fact>
        <Fact name="Failed or dropped">
          <span className={cn(errors > 0 && "text-bad")}>
            {messages === 0 ? "–" : `${figure(errors)} · ${percent(ratio(errors, messages), 1)}`}
          </span>
        </Fact>
        <Fact name="Routing p50 · p95 · p99">
          {latencyMs === null ? "–" : [latencyMs.p50, latencyMs.p95, latencyMs.p99].map(duration).join(" · ")}
        </Fact>
        <Fact name="Versions">
          <NamedList counts={row.versions} />
        </Fact>
        <Fact name="Services">
          <NamedList counts={row.services} />
        </Fact>
        <Fact name="First seen, of all kept">
          <Time at={row.firstSeenAt} />
        </Fact>
        <Fact name="Last seen, of all kept">
          <Time at={row.lastSeenAt} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="font-medium text-[13px]">{children}</dd>
    </div>
  );
}

interface LinkProps {
  router: string;
  status: "failed" | null;
  icon: ReactNode;
  children: ReactNode;
}

function ToJourneys({ router, status, icon, children }: LinkProps) {
  const href = useHref();
  const window = useWindow();
  return (
    <Link
      href={href("/journeys", { router, status, ...window })}
      prefetch={false}
      className="inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md border bg-surface px-3 font-medium text-[13px] hover:border-line-strong hover:bg-raised"
    >
      {icon}
      {children}
    </Link>
  );
}
