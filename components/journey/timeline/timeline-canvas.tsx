"use client";
import { Bot, Cable, CircleEllipsis, Database, type LucideIcon, Route, UserRound, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../ui/cn";
import type { Lane, Link, PreparedTimeline } from "./prepared-timeline";

export const LANE_PX = 50;
const HEAD_PX = 30;

const LANE_ICONS: Record<Lane["kind"], LucideIcon> = {
  user: UserRound,
  connection: Cable,
  router: Route,
  agent: Bot,
  tool: Wrench,
  store: Database,
  other: CircleEllipsis,
};

const LINK_LOOKS: Record<Link["state"], string> = {
  ok: "stroke-line-strong",
  bad: "stroke-bad-fill",
  missing: "stroke-bad-fill [stroke-dasharray:3_4]",
};

export function laneTop(index: number): number {
  return HEAD_PX + index * LANE_PX;
}

/** Lane names at the left, the time axis, the lines between lanes; the marks are its children. */
export function TimelineCanvas({ timeline, children }: { timeline: PreparedTimeline; children: ReactNode }) {
  const { lanes, width } = timeline;
  const height = HEAD_PX + lanes.length * LANE_PX;
  return (
    <div className="flex w-max min-w-full">
      <ul className="sticky left-0 z-20 w-28 shrink-0 border-r bg-surface sm:w-44" style={{ paddingTop: HEAD_PX }}>
        {lanes.map((lane) => (
          <LaneName key={lane.id} lane={lane} />
        ))}
      </ul>
      <div className="relative grow" style={{ minWidth: width, height }}>
        <svg aria-hidden="true" className="absolute inset-0 h-full w-full">
          {lanes.map((lane, index) => (
            <line key={lane.id} x1={0} x2="100%" y1={middle(index)} y2={middle(index)} className="stroke-line" />
          ))}
          {timeline.gaps.map((gap) => (
            <g key={gap.fromX}>
              <rect
                x={gap.fromX + 12}
                y={HEAD_PX}
                width={Math.max(0, gap.toX - gap.fromX - 24)}
                height={height - HEAD_PX}
                className="fill-raised opacity-70"
              />
              <text
                x={(gap.fromX + gap.toX) / 2}
                y={height - 6}
                textAnchor="middle"
                className="fill-faint text-[10.5px]"
              >
                {gap.label}
              </text>
            </g>
          ))}
          {timeline.ticks.map((tick) => (
            <g key={tick.x}>
              <line x1={tick.x} x2={tick.x} y1={HEAD_PX - 6} y2={HEAD_PX} className="stroke-line-strong" />
              <text x={tick.x} y={HEAD_PX - 11} textAnchor="middle" className="fill-faint text-[10.5px]">
                {tick.label}
              </text>
            </g>
          ))}
          {timeline.links.map((link) => (
            <LinkPath key={link.key} link={link} lanes={lanes} />
          ))}
          {timeline.dots.map((dot) => (
            <circle
              key={dot.key}
              cx={dot.x}
              cy={middle(lanes.findIndex((lane) => lane.id === dot.laneId))}
              r={3.5}
              className={dot.state === "bad" ? "fill-bad-fill" : "fill-line-strong"}
            />
          ))}
        </svg>
        {children}
      </div>
    </div>
  );
}

function middle(index: number): number {
  return laneTop(index) + LANE_PX / 2;
}

function LinkPath({ link, lanes }: { link: Link; lanes: Lane[] }) {
  const fromY = middle(lanes.findIndex((lane) => lane.id === link.fromLane));
  const toY = middle(lanes.findIndex((lane) => lane.id === link.toLane));
  const bend = (link.fromX + link.toX) / 2;
  return (
    <path
      d={`M${link.fromX} ${fromY} C${bend} ${fromY} ${bend} ${toY} ${link.toX} ${toY}`}
      className={cn("fill-none stroke-[1.5]", LINK_LOOKS[link.state])}
    />
  );
}

function LaneName({ lane }: { lane: Lane }) {
  const Icon = LANE_ICONS[lane.kind];
  return (
    <li className="flex items-center gap-2 px-2.5 sm:px-4" style={{ height: LANE_PX }}>
      <Icon aria-hidden className="hidden size-3.5 shrink-0 text-faint sm:block" />
      <span className="min-w-0">
        <span className="sr-only">{lane.kind} </span>
        <span className="block truncate font-medium text-xs" title={lane.label}>
          {lane.label}
        </span>
        {lane.sub && <span className="block truncate text-[11px] text-faint leading-tight">{lane.sub}</span>}
      </span>
    </li>
  );
}
