import {
  Ban,
  BellOff,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  type LucideIcon,
  RotateCcw,
  UserCheck,
} from "lucide-react";
import type { IncidentRow } from "@/contracts/http";
import type { IncidentStatus as Status } from "@/domain/incidents/incident-state";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";

interface Look {
  icon: LucideIcon;
  text: string;
  soft: string;
}

const UNKNOWN: Look = { icon: CircleDashed, text: "text-muted", soft: "bg-raised" };
const LOOKS: Record<Status, Look> = {
  open: { icon: CircleAlert, text: "text-bad", soft: "bg-bad-soft" },
  regressed: { icon: RotateCcw, text: "text-bad", soft: "bg-bad-soft" },
  acknowledged: { icon: UserCheck, text: "text-accent", soft: "bg-accent-soft" },
  resolved: { icon: CircleCheck, text: "text-good", soft: "bg-good-soft" },
  withdrawn: { icon: Ban, text: "text-muted", soft: "bg-raised" },
};

/** What became of an incident, as icon and word. */
export function IncidentStatus({ status, filled = false }: { status: Status; filled?: boolean }) {
  const { icon: Icon, text, soft } = LOOKS[status] ?? UNKNOWN;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium",
        text,
        filled && `rounded-full px-2.5 py-0.5 text-[13px] ${soft}`,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {status}
    </span>
  );
}

/** By whom, or by which version, it became what it is; and until when it is muted. */
export function StatusNote({ incident }: { incident: IncidentRow }) {
  const { status, acknowledged, resolved, regressed, mutedUntil } = incident;
  return (
    <>
      {status === "acknowledged" && acknowledged && <Line>by {acknowledged.by}</Line>}
      {status === "resolved" && resolved && <Line>by {resolved.by}</Line>}
      {status === "regressed" && regressed && <Line>{inVersion(regressed.version)}</Line>}
      {mutedUntil && (
        <Line>
          <BellOff aria-hidden className="mr-1 inline size-3" />
          muted until <Time at={mutedUntil} />
        </Line>
      )}
    </>
  );
}

/** "in 2.4.1" */
export function inVersion(version: string | null): string {
  return version === null ? "in an unnamed version" : `in ${version}`;
}

function Line({ children }: { children: React.ReactNode }) {
  return <span className="block text-faint text-xs">{children}</span>;
}
