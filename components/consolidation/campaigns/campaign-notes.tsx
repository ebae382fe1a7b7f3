import type { Campaign } from "@/contracts/http";
import { Time } from "../../ui/time";
import { periodWords } from "./prepare-campaign";

const HALF_A_DAY_MINUTES = 720;

/** Over which time traffic counts, where the campaign comes from, and whether it has ended. */
export function CampaignNotes({ campaign }: { campaign: Campaign }) {
  const { windowMinutes, project, endedAt, asOf, changedAt, changedBy } = campaign;
  const window = periodWords(windowMinutes);
  return (
    <ul className="flex max-w-3xl flex-col gap-1 text-[13px] text-muted">
      {endedAt !== null && (
        <li>
          <strong className="font-medium text-ink">Ended</strong> at <Time at={endedAt} />: the configuration does not
          name it any more. Everything below is as of then.
        </li>
      )}
      <li>
        Reliability, delivery and leaks count over the last {window}
        {windowMinutes > HALF_A_DAY_MINUTES && ", by whole hours"}: what changes shows in full within {window}, a leak
        at once. Evaluated at <Time at={asOf} as="clock" />.
      </li>
      {project === null ? (
        <li>
          Set in the app by {changedBy} at <Time at={changedAt} />.
        </li>
      ) : (
        <li>
          Set by <code className="font-mono text-xs">signalbox.config.yaml</code> of{" "}
          <span className="break-words font-medium">{project}</span>: changed there, and heard with the next{" "}
          <code className="whitespace-nowrap font-mono text-xs">signalbox scan --upload</code>.
        </li>
      )}
    </ul>
  );
}
