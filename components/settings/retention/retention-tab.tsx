"use client";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { size } from "@/client/bytes";
import { useMayChange } from "@/client/settings/use-may-change";
import { useRetention, useRetentionDryRun, useSaveRetention } from "@/client/settings/use-retention";
import type { RetentionView } from "@/contracts/settings";
import { Card } from "../../ui/card";
import { Confirm } from "../../ui/confirm";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { TextField } from "../../ui/text-field";
import { Origin } from "../origin";
import { SaveBar } from "../save-bar";
import { DroppedDays } from "./dropped-days";
import { draftOf, dropSentence, prepareRetention } from "./prepare-retention";
import { StoredDays } from "./stored-days";

/** How much is kept and how long, and what another limit would drop. */
export function RetentionTab() {
  const { data, error, refetch } = useRetention();
  if (error && !data) {
    return <ErrorState error={error} title="Retention could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={6} label="Retention is being fetched" />;
  return <Retention key={data.revision} view={data} />;
}

function Retention({ view }: { view: RetentionView }) {
  const [draft, setDraft] = useState(() => draftOf(view));
  const [asking, setAsking] = useState(false);
  const mayChange = useMayChange() === true;
  const save = useSaveRetention();
  const { change, problems } = prepareRetention(view, draft);
  const dryRun = useRetentionDryRun(mayChange ? change : null);
  const plan = change && !dryRun.isPlaceholderData ? dryRun.data : undefined;
  const edited = draft.days !== draftOf(view).days || draft.disk !== draftOf(view).disk;
  const wrong = Object.values(problems)[0] ?? null;
  const sentence = plan ? dropSentence(plan) : null;
  return (
    <>
      {view.storageFull && (
        <p role="alert" className="flex items-center gap-2 rounded-lg bg-bad-soft px-4 py-2.5 text-[13px] text-bad">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          The disk space for telemetry is used up: no telemetry is taken in.
        </p>
      )}
      <Card title="Retention" hint="For all environments. The oldest day goes first, whole; today is never dropped.">
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <Limit limit={view.retentionDays}>
            <TextField
              label="Keep telemetry for, in days"
              inputMode="decimal"
              value={draft.days}
              disabled={!mayChange || view.retentionDays.origin === "variable"}
              problem={problems.days}
              hint={`Verdicts are kept twice as long, counters by the minute 14 days, by the hour 400. Default ${view.retentionDays.fallback}.`}
              onChange={(days) => setDraft({ ...draft, days })}
            />
          </Limit>
          <Limit limit={view.maxDiskBytes}>
            <TextField
              label="Use at most this much disk"
              value={draft.disk}
              disabled={!mayChange || view.maxDiskBytes.origin === "variable"}
              problem={problems.disk}
              hint={`All of the database. When today alone passes it, telemetry is refused. Default ${size(view.maxDiskBytes.fallback)}.`}
              onChange={(disk) => setDraft({ ...draft, disk })}
            />
          </Limit>
        </div>
      </Card>
      <StoredDays view={view} plan={plan ?? null} />
      <DroppedDays dropped={view.dropped} />
      <SaveBar
        changed={edited ? "Retention changed" : null}
        problem={wrong ?? dryRun.error?.message ?? null}
        action={plan && plan.days > 0 ? "Save and drop …" : "Save"}
        busy={save.isPending || (change !== null && plan === undefined)}
        onSave={() => {
          if (!change) return;
          if (plan && (plan.days > 0 || plan.storageFull)) setAsking(true);
          else save.mutate(change);
        }}
        onDiscard={() => setDraft(draftOf(view))}
      >
        {wrong === null && change && (
          <output className="block text-muted">
            {sentence ?? "Looking at what is stored …"}
            {plan?.storageFull && (
              <span className="block text-bad">
                What is left is still more than that: telemetry would be refused until there is room.
              </span>
            )}
          </output>
        )}
      </SaveBar>
      <Confirm
        title={plan && plan.days > 0 ? "Drop telemetry for good?" : "Refuse telemetry?"}
        action={plan && plan.days > 0 ? "Save and drop" : "Save all the same"}
        open={asking}
        busy={save.isPending}
        problem={save.error?.message ?? null}
        onClose={() => setAsking(false)}
        onConfirm={() => change && save.mutate(change, { onSuccess: () => setAsking(false) })}
      >
        <p>
          This {sentence}
          {plan?.oldest && ` (${plan.oldest === plan.newest ? plan.oldest : `${plan.oldest} to ${plan.newest}`})`},
          within a minute. Journeys of these days keep their verdicts without events to look at. There is no way back.
        </p>
        {plan?.storageFull && <p className="mt-2 text-bad">Telemetry would be refused until there is room again.</p>}
      </Confirm>
    </>
  );
}

function Limit({ limit, children }: { limit: RetentionView["retentionDays"]; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5">
      <div className="w-full">{children}</div>
      <Origin origin={limit.origin} variable={limit.variable} />
      {limit.origin === "variable" && (
        <p className="text-faint text-xs">The variable holds; it is changed where Signalbox is started.</p>
      )}
    </div>
  );
}
