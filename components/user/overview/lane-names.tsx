import { Activity, Cable, type LucideIcon, MessagesSquare, Route, TriangleAlert } from "lucide-react";
import { AXIS_PX, CONNECTION_PX, DENSITY_PX, FAULTS_PX, STACKS_PX, threadPx } from "./lane-heights";
import type { PreparedOverview } from "./prepared-overview";

/** What each lane shows, at the left of the drawing. */
export function LaneNames({ overview }: { overview: PreparedOverview }) {
  return (
    <ul className="w-24 shrink-0 border-r sm:w-44" style={{ paddingTop: AXIS_PX }}>
      <Name icon={Activity} label="Events" height={DENSITY_PX} />
      <Name icon={TriangleAlert} label="Faults" sub="errors, lost, leaks" height={FAULTS_PX} />
      {overview.connections.map((lane) => (
        <Name key={lane.key} icon={Cable} label={lane.label} title={lane.detail} height={CONNECTION_PX} id />
      ))}
      {overview.stacks && <Name icon={Route} label="Journeys" sub="by status" height={STACKS_PX} />}
      {overview.threads.map((lane) => (
        <Name
          key={lane.key}
          icon={lane.isThread ? MessagesSquare : Route}
          label={lane.label}
          sub={lane.isThread ? undefined : "by status"}
          height={threadPx(lane)}
          id={lane.isThread}
        />
      ))}
    </ul>
  );
}

interface NameProps {
  icon: LucideIcon;
  label: string;
  sub?: string | undefined;
  title?: string;
  height: number;
  /** Whether the label is an id. */
  id?: boolean;
}

function Name({ icon: Icon, label, sub, title, height, id = false }: NameProps) {
  return (
    <li
      className="flex items-center gap-2 px-2 sm:px-4"
      style={{ height }}
      title={title ? `${label}: ${title}` : label}
    >
      <Icon aria-hidden className="hidden size-3.5 shrink-0 text-faint sm:block" />
      <span className="min-w-0 leading-tight">
        <span className={id ? "block truncate font-mono text-[11.5px]" : "block truncate font-medium text-xs"}>
          {label}
        </span>
        {sub && <span className="hidden truncate text-[11px] text-faint sm:block">{sub}</span>}
      </span>
    </li>
  );
}
