"use client";
import { Flag, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { counted, figure } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import { useHref } from "@/client/url-state";
import { useCampaigns } from "@/client/use-campaigns";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { EmptyState } from "../../ui/empty-state";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { Time } from "../../ui/time";
import { CampaignForm } from "./campaign-form";

/** Campaigns of the environment, with how many of their criteria are met. */
export function CampaignsCard({ environment, concepts }: { environment: string; concepts: string[] }) {
  const { data, error, refetch } = useCampaigns(environment);
  const mayChange = useMayChange();
  const href = useHref();
  const [making, setMaking] = useState(false);
  return (
    <Card
      title="Campaigns"
      flush
      actions={
        mayChange && (
          <Button look="quiet" onClick={() => setMaking(true)}>
            <Plus aria-hidden className="size-3.5" />
            New campaign
          </Button>
        )
      }
    >
      {error && !data && (
        <ErrorState error={error} title="The campaigns could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={2} label="The campaigns are being fetched" />}
      {data?.items.length === 0 && (
        <EmptyState icon={Flag} title="No campaign here yet">
          <p>A campaign says by itself, from scans and traffic, whether an effort to consolidate is done.</p>
        </EmptyState>
      )}
      <ul className="divide-y">
        {data?.items.map(({ id, name, done, met, criteria, project, endedAt }) => (
          <li key={id}>
            <Link
              href={href(`/consolidation/${id}`)}
              className="flex items-baseline justify-between gap-4 px-4 py-2.5 text-[13px] hover:bg-raised"
            >
              <span className="min-w-0">
                <span className="break-words font-medium">{name}</span>
                {project !== null && (
                  <span className="block text-faint text-xs [overflow-wrap:anywhere]">config of {project}</span>
                )}
              </span>
              <span className={cn("text-right", done ? "text-good" : "text-muted")}>
                {done ? "done" : `${figure(met)} of ${counted(criteria, "criterion", "criteria")} met`}
                {endedAt !== null && (
                  <span className="block text-faint text-xs">
                    ended <Time at={endedAt} />
                  </span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {data && data.omitted > 0 && <p className="px-4 py-2 text-faint text-xs">and {figure(data.omitted)} more</p>}
      {making && <CampaignForm environment={environment} concepts={concepts} onClose={() => setMaking(false)} />}
    </Card>
  );
}
