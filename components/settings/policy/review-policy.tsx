"use client";
import { useEffect, useState } from "react";
import { ApiError } from "@/client/api";
import { counted, fieldTime, figure, parseFieldTime } from "@/client/format";
import { usePolicyDryRun, useSavePolicy } from "@/client/settings/use-policy";
import { useZone } from "@/client/url-state";
import type { PolicyView } from "@/contracts/settings";
import type { PolicyOverrides } from "@/domain/journeys/policy-values";
import { Button } from "../../ui/button";
import { Modal } from "../../ui/modal";
import { PolicyChanges } from "./policy-changes";

const HOUR_MS = 3_600_000;

interface Props {
  view: PolicyView;
  /** All values that the environment would have of its own. */
  own: PolicyOverrides;
  onClose: () => void;
  onReload: () => void;
}

/** What a version would change, and from when on, before it is saved. */
export function ReviewPolicy({ view, own, onClose, onReload }: Props) {
  const [zone] = useZone();
  const [since, setSince] = useState<string | null>(null);
  const { mutate: ask, ...dryRun } = usePolicyDryRun(view.environment);
  const save = useSavePolicy(view.environment);
  const fromMs = since === null ? null : parseFieldTime(since, zone);
  const applyFrom = fromMs === null ? null : new Date(fromMs).toISOString();
  const change = { basedOn: view.version, own, applyFrom };
  const asked = JSON.stringify(change);
  useEffect(() => ask(JSON.parse(asked)), [ask, asked]);
  const error = save.error ?? dryRun.error;
  const outdated = error instanceof ApiError && error.code === "changed_meanwhile";
  const backwards = since !== null;
  return (
    <Modal
      wide
      open
      title={`Save a new version of the policy of ${view.environment}`}
      lead="Journeys keep the version that was in force when they began, however often they are judged again."
      onClose={onClose}
      footer={
        <>
          {error && (
            <p role="alert" className="mr-auto text-[13px] text-bad">
              {error.message}
            </p>
          )}
          {outdated ? (
            <Button
              onClick={() => {
                onReload();
                onClose();
              }}
            >
              Show the newest version
            </Button>
          ) : (
            <Button
              look="strong"
              disabled={save.isPending || dryRun.isPending || dryRun.error !== null || (backwards && fromMs === null)}
              onClick={() => save.mutate(change, { onSuccess: onClose })}
            >
              Save version
            </Button>
          )}
        </>
      }
    >
      <PolicyChanges changes={dryRun.data?.changes ?? []} />
      <fieldset className="mt-4 flex flex-col gap-2 text-[13px]">
        <legend className="mb-1 font-medium">It counts for</legend>
        <label className="flex items-start gap-2">
          <input
            type="radio"
            name="apply"
            className="mt-1 accent-[var(--accent)]"
            checked={!backwards}
            onChange={() => setSince(null)}
          />
          <span>journeys that begin from now on</span>
        </label>
        <label className="flex items-start gap-2">
          <input
            type="radio"
            name="apply"
            className="mt-1 accent-[var(--accent)]"
            checked={backwards}
            onChange={() => setSince(fieldTime(Date.now() - HOUR_MS, zone))}
          />
          <span>
            journeys that began since a time, which are judged again
            <span className="block text-faint text-xs">Their verdicts, counters and incidents change with it.</span>
          </span>
        </label>
        {backwards && (
          <div className="ml-6 flex flex-wrap items-center gap-x-3 gap-y-1">
            <input
              type="datetime-local"
              step={1}
              aria-label="Since"
              value={since}
              onChange={(event) => setSince(event.target.value)}
              className="h-8 rounded-md border bg-surface px-2 text-[13px]"
            />
            {dryRun.data && !dryRun.isPending && (
              <output className="text-muted">
                {dryRun.data.atLeast
                  ? `more than ${figure(dryRun.data.journeys)} journeys`
                  : counted(dryRun.data.journeys, "journey")}{" "}
                would be judged again
              </output>
            )}
          </div>
        )}
      </fieldset>
    </Modal>
  );
}
