import { BellOff } from "lucide-react";
import type { IncidentSummary } from "@/contracts/http";
import { inVersion } from "../incidents/incident-status";
import { Time } from "../ui/time";

/** Who did what, in sentences. */
export function IncidentState({ incident }: { incident: IncidentSummary }) {
  const { status, acknowledged, resolved, regressed, mutedUntil, mutedBy } = incident;
  return (
    <div className="flex flex-col gap-1 text-[13px] text-muted empty:hidden">
      {status === "withdrawn" && <p>Later telemetry disproved every occurrence: they are kept and count nowhere.</p>}
      {regressed && (
        <p className={status === "regressed" ? "font-medium text-bad" : undefined}>
          It came back {inVersion(regressed.version)}, found <Time at={regressed.at} />
          {resolved && (
            <>
              , after {resolved.by} had resolved it <Time at={resolved.at} />
            </>
          )}
          .
        </p>
      )}
      {status === "resolved" && resolved && (
        <p>
          Resolved by <strong className="font-medium text-ink">{resolved.by}</strong> <Time at={resolved.at} />. An
          occurrence that is found from now on brings it back.
        </p>
      )}
      {acknowledged && status !== "open" && (
        <p>
          Acknowledged by <strong className="font-medium text-ink">{acknowledged.by}</strong>{" "}
          <Time at={acknowledged.at} />.
        </p>
      )}
      {mutedUntil && (
        <p className="text-warn">
          <BellOff aria-hidden className="mr-1 inline size-3.5" />
          Muted until <Time at={mutedUntil} />
          {mutedBy && ` by ${mutedBy}`}: it is not counted as open before.
        </p>
      )}
    </div>
  );
}
