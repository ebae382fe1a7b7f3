"use client";
import type { ReactNode } from "react";
import { ago, duration, figure } from "@/client/format";
import { useNow } from "@/client/use-now";
import type { SourceList } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { Outages } from "./outages";
import { SourceState } from "./source-state";

type Source = SourceList["items"][number];

export function SourceCard({ source }: { source: Source }) {
  const nowMs = useNow(1_000);
  const since = source.state === "connected" ? source.connectedSince : source.disconnectedSince;
  return (
    <Card
      title={source.id}
      hint={source.url === "push" ? "pushes to Signalbox" : <span className="break-all font-mono">{source.url}</span>}
      flush
    >
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4">
        <Fact name="State">
          <SourceState state={source.state} />
          {since && (
            <Sub>
              since <Time at={since} />
            </Sub>
          )}
        </Fact>
        <Fact name="Last event">
          {source.lastEventAt ? ago(source.lastEventAt, nowMs) : "none yet"}
          {source.lastEventAt && (
            <Sub>
              <Time at={source.lastEventAt} />
            </Sub>
          )}
        </Fact>
        <Fact name="Lag">
          {duration(source.lagMs)}
          <Sub>from event to receipt</Sub>
        </Fact>
        <Fact name="Clock offset">
          {duration(source.clockOffsetMs)}
          <Sub>received − stated, shown and never repaired</Sub>
        </Fact>
        <Fact name="Accepted">{figure(source.accepted)}</Fact>
        <Fact name="Duplicates">{figure(source.duplicates)}</Fact>
        <Fact name="Rejected" tone={source.rejected > 0 ? "text-warn" : undefined}>
          {figure(source.rejected)}
        </Fact>
        <Fact name="Reconnects">{figure(source.reconnects)}</Fact>
      </dl>
      {source.lastError && (
        <p className="border-t px-4 py-2.5 text-[13px]">
          <span className="text-muted">
            Last error, <Time at={source.lastErrorAt} />:
          </span>{" "}
          <code className={cn("break-words font-mono text-[12.5px]", source.state !== "connected" && "text-bad")}>
            {source.lastError}
          </code>
        </p>
      )}
      <Outages outages={source.outages} omitted={source.outagesOmitted} />
    </Card>
  );
}

function Fact({ name, tone, children }: { name: string; tone?: string | undefined; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className={cn("font-medium text-[13px]", tone)}>{children}</dd>
    </div>
  );
}

function Sub({ children }: { children: ReactNode }) {
  return <span className="block font-normal text-faint text-xs">{children}</span>;
}
