"use client";
import { Flag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApiError } from "@/client/api";
import { counted, figure } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import { useHref } from "@/client/url-state";
import { useCampaign, useDeleteCampaign } from "@/client/use-campaigns";
import type { Campaign } from "@/contracts/http";
import { BackLink } from "../../ui/back-link";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { EmptyState } from "../../ui/empty-state";
import { ErrorState } from "../../ui/error-state";
import { PageHead } from "../../ui/page-head";
import { SkeletonRows } from "../../ui/skeleton";
import { Time } from "../../ui/time";
import { CampaignNotes } from "./campaign-notes";
import { CriteriaTable } from "./criteria-table";
import { doneAt, periodWords } from "./prepare-campaign";

/** One effort to consolidate: what must hold, what holds now, and since when. */
export function CampaignPage({ id }: { id: string }) {
  const { data, error, refetch } = useCampaign(id);
  const unknown = !data && error instanceof ApiError && error.status === 404;
  return (
    <>
      <BackLink path="/consolidation">Consolidation</BackLink>
      {unknown && (
        <EmptyState icon={Flag} title="No campaign has this id">
          <p>It was deleted, or is of an environment that you may not see.</p>
        </EmptyState>
      )}
      {error && !data && !unknown && (
        <ErrorState error={error} title="The campaign could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={8} label="The campaign is being fetched" />}
      {data && <Evaluated campaign={data} />}
    </>
  );
}

function Evaluated({ campaign }: { campaign: Campaign }) {
  const { name, environment, holdMinutes, criteria } = campaign;
  const held = holdMinutes === 0 ? "is met" : `has held for ${periodWords(holdMinutes)} without a break`;
  return (
    <>
      <PageHead title={name} lead={`In ${environment}. Done when every criterion ${held}.`}>
        <DeleteCampaign campaign={campaign} />
      </PageHead>
      <Standing campaign={campaign} />
      <CampaignNotes campaign={campaign} />
      <CriteriaTable criteria={criteria} environment={environment} />
    </>
  );
}

/** How far it is, and when it is done if nothing breaks it. */
function Standing({ campaign }: { campaign: Campaign }) {
  const { done, met, criteria } = campaign;
  const at = doneAt(campaign);
  return (
    <div role="status">
      <p className="font-semibold text-2xl">
        {done ? (
          <span className="text-good">Done</span>
        ) : (
          <span className={met === criteria.length ? "text-good" : "text-bad"}>
            {figure(met)} of {counted(criteria.length, "criterion", "criteria")} met
          </span>
        )}
      </p>
      {at !== null && (
        <p className="mt-0.5 text-[13px] text-muted">
          Done at <Time at={at} /> if nothing breaks until then
        </p>
      )}
    </div>
  );
}

/** A campaign of a config goes with the config; what is left of it when it ended may go here. */
function DeleteCampaign({ campaign: { id, name, project, endedAt } }: { campaign: Campaign }) {
  const mayChange = useMayChange();
  const router = useRouter();
  const href = useHref();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteCampaign();
  if (!mayChange || (project !== null && endedAt === null)) return null;
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        Delete …
      </Button>
      <Confirm
        title={`Delete the campaign ${name}?`}
        action="Delete"
        open={asking}
        busy={remove.isPending}
        problem={remove.error?.message ?? null}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate(id, { onSuccess: () => router.push(href("/consolidation")) })}
      >
        Scans, traffic and test runs stay; only the criteria go.
      </Confirm>
    </>
  );
}
