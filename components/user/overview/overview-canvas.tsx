"use client";
import Link from "next/link";
import { memo } from "react";
import { axisTime, type Zone } from "@/client/format";
import { useHref } from "@/client/url-state";
import { AXIS_PX, BAR_PX, CONNECTION_PX, DENSITY_PX, FAULTS_PX, STACKS_PX, threadPx } from "./lane-heights";
import type { ConnectionLane, JourneyLane, PreparedOverview, StatusStack } from "./prepared-overview";

const STATUS_FILLS: Record<string, string> = {
  failed: "fill-bad-fill",
  degraded: "fill-warn-fill",
  running: "fill-accent",
  succeeded: "fill-good-fill",
};
const DAY_MS = 86_400_000;

interface Props {
  overview: PreparedOverview;
  zone: Zone;
}

export function canvasHeight({ connections, threads, stacks }: PreparedOverview): number {
  const lanes = connections.length * CONNECTION_PX + threads.reduce((sum, lane) => sum + threadPx(lane), 0);
  return AXIS_PX + DENSITY_PX + FAULTS_PX + lanes + (stacks ? STACKS_PX : 0) + 8;
}

/** The lanes as one drawing; what can be pressed lies over it, and all of it is in the table too. */
export const OverviewCanvas = memo(function OverviewCanvas({ overview, zone }: Props) {
  const { scale, connections, threads, stacks } = overview;
  const height = canvasHeight(overview);
  const stepMs = scale.toMs - scale.fromMs > DAY_MS && scale.stepMs < DAY_MS ? DAY_MS : scale.stepMs;
  const connectionsTop = AXIS_PX + DENSITY_PX + FAULTS_PX;
  const journeysTop = connectionsTop + connections.length * CONNECTION_PX;
  const tops = threads.map((_, n) => threads.slice(0, n).reduce((y, before) => y + threadPx(before), journeysTop));
  return (
    <svg aria-hidden="true" width={scale.widthPx} height={height} className="block select-none">
      {scale.idle.map((idle) => (
        <g key={idle.fromX}>
          <rect x={idle.fromX} y={AXIS_PX} width={idle.toX - idle.fromX} height={height} className="fill-line/45" />
          <title>{`nothing for ${idle.label}`}</title>
          <text
            transform={`translate(${(idle.fromX + idle.toX) / 2 + 3.5} ${AXIS_PX + (DENSITY_PX + FAULTS_PX) / 2}) rotate(-90)`}
            textAnchor="middle"
            className="fill-faint text-[10px]"
          >
            {idle.label}
          </text>
        </g>
      ))}
      {scale.ticks.map((tick) => (
        <g key={tick.x}>
          <line x1={tick.x} x2={tick.x} y1={AXIS_PX - 5} y2={height} className="stroke-line" />
          <text x={tick.x + 3} y={13} className="fill-faint text-[10.5px]">
            {axisTime(tick.atMs, stepMs, zone)}
          </text>
        </g>
      ))}
      <line x1={0} x2="100%" y1={AXIS_PX} y2={AXIS_PX} className="stroke-line" />
      <Density overview={overview} />
      <line x1={0} x2="100%" y1={connectionsTop} y2={connectionsTop} className="stroke-line" />
      {connections.map((lane, n) => (
        <Connection key={lane.key} lane={lane} y={connectionsTop + n * CONNECTION_PX + CONNECTION_PX / 2} />
      ))}
      {(threads.length > 0 || stacks) && (
        <line x1={0} x2="100%" y1={journeysTop} y2={journeysTop} className="stroke-line" />
      )}
      {threads.map((lane, n) => (
        <Journeys key={lane.key} lane={lane} top={tops[n] ?? journeysTop} />
      ))}
      {stacks?.map((stack) => (
        <Stack key={stack.x} stack={stack} bottom={journeysTop + STACKS_PX - 4} />
      ))}
    </svg>
  );
});

function Density({ overview: { density } }: { overview: PreparedOverview }) {
  const bottom = AXIS_PX + DENSITY_PX - 4;
  const room = DENSITY_PX - 10;
  const px = (share: number) => (share === 0 ? 0 : Math.max(2, share * room));
  return density.map(({ x, width, events, errors }) => (
    <g key={x}>
      <rect x={x} width={width} y={bottom - px(events)} height={px(events)} className="fill-idle-fill" />
      <rect x={x} width={width} y={bottom - px(errors)} height={px(errors)} className="fill-bad-fill" />
    </g>
  ));
}

function Connection({ lane, y }: { lane: ConnectionLane; y: number }) {
  const { fromX, toX, end, openUnseen, activity } = lane;
  return (
    <g>
      <title>{`${lane.label}: ${lane.detail}`}</title>
      <line x1={fromX} x2={toX} y1={y} y2={y} className="stroke-[7] stroke-accent-soft" />
      <path d={activity} transform={`translate(0 ${y})`} className="fill-none stroke-[7] stroke-accent" />
      {!openUnseen && <line x1={fromX} x2={fromX} y1={y - 7} y2={y + 7} className="stroke-2 stroke-accent" />}
      {end !== null && (
        <line
          x1={toX}
          x2={toX}
          y1={y - 7}
          y2={y + 7}
          className={end === "abnormal" ? "stroke-[3] stroke-bad-fill" : "stroke-2 stroke-accent"}
        />
      )}
    </g>
  );
}

function Journeys({ lane, top }: { lane: JourneyLane; top: number }) {
  const href = useHref();
  return lane.bars.map((bar) => (
    <Link key={bar.key} href={href(`/journeys/${encodeURIComponent(bar.journeyId)}`)} prefetch={false} tabIndex={-1}>
      <rect
        x={bar.x}
        y={top + 6 + bar.row * BAR_PX}
        width={bar.width}
        height={BAR_PX - 2}
        rx={1.5}
        className={`${STATUS_FILLS[bar.status] ?? "fill-idle-fill"} hover:stroke-2 hover:stroke-ink`}
      >
        <title>{bar.title}</title>
      </rect>
    </Link>
  ));
}

function Stack({ stack, bottom }: { stack: StatusStack; bottom: number }) {
  const room = STACKS_PX - 10;
  let y = bottom;
  return stack.parts.map(({ status, share }) => {
    const height = Math.max(1.5, share * room);
    y -= height;
    return (
      <rect
        key={status}
        x={stack.x}
        y={y}
        width={stack.width}
        height={height}
        className={STATUS_FILLS[status] ?? "fill-idle-fill"}
      />
    );
  });
}
