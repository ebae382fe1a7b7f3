"use client";
/** Draws a prepared chart. Dragging over it selects a range; the range fields do the same by keyboard. */
import { useState } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  type MouseHandlerDataParam,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisTime, type Zone } from "@/client/format";
import { ChartTooltip } from "./chart-tooltip";
import { selectedRange } from "./prepare-selection";
import type { PreparedChart } from "./prepared-chart";
import { TONE_COLOURS } from "./tone-colours";

/** So few points on a time axis are measurements of their own, not a curve. */
const FEW_POINTS = 60;
const TICK = { fill: "var(--faint)", fontSize: 11 };

interface Props {
  chart: PreparedChart;
  zone: Zone;
  onSelect?: (fromMs: number, toMs: number) => void;
}

function bucketOf(state: MouseHandlerDataParam): number | null {
  const at = Number(state.activeLabel);
  return state.activeLabel === undefined || Number.isNaN(at) ? null : at;
}

/** A figure and its unit stay on one line. */
function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

export function TimeChart({ chart, zone, onSelect }: Props) {
  const [drag, setDrag] = useState<{ startMs: number; endMs: number } | null>(null);
  const dotSize = chart.axis && chart.points.length <= FEW_POINTS ? 3 : 1.5;
  const end = () => {
    const range = drag && selectedRange(drag.startMs, drag.endMs, chart.bucketMs);
    setDrag(null);
    if (range) onSelect?.(range.fromMs, range.toMs);
  };
  return (
    <ResponsiveContainer width="100%" height={160}>
      <ComposedChart
        data={chart.points.map((point) => ({ atMs: point.atMs, ...point.values }))}
        {...(chart.axis ? {} : { syncId: "overview" })}
        accessibilityLayer={false}
        margin={{ top: 6, right: 2, bottom: 0, left: 0 }}
        barCategoryGap={1}
        style={onSelect && { cursor: "crosshair", userSelect: "none" }}
        onMouseDown={(state) => {
          const at = bucketOf(state);
          if (onSelect && at !== null) setDrag({ startMs: at, endMs: at });
        }}
        onMouseMove={(state) => {
          const at = bucketOf(state);
          if (at !== null) setDrag((now) => now && { ...now, endMs: at });
        }}
        onMouseUp={end}
        onMouseLeave={() => setDrag(null)}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="atMs"
          {...(chart.axis &&
            ({ type: "number", domain: [chart.axis.fromMs, chart.axis.toMs], allowDataOverflow: true } as const))}
          tickFormatter={(at: number) => axisTime(at, chart.bucketMs, zone)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={36}
        />
        <YAxis
          domain={chart.yDomain}
          tickFormatter={(value: number) => unbroken(chart.formatY(value))}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={58}
          tickCount={4}
          allowDecimals={!chart.wholeY}
          allowDataOverflow
        />
        <Tooltip
          content={({ active, label }) => (
            <ChartTooltip chart={chart} zone={zone} atMs={active ? Number(label) : null} />
          )}
          cursor={{ stroke: "var(--line-strong)", fill: "var(--raised)", fillOpacity: 0.6 }}
          isAnimationActive={false}
        />
        {chart.marks?.map(({ atMs, tone }) => (
          <ReferenceLine
            key={`${tone} ${atMs}`}
            x={atMs}
            stroke={TONE_COLOURS[tone]}
            strokeDasharray="2 3"
            strokeOpacity={0.8}
          />
        ))}
        {chart.series.map((series) =>
          series.kind === "bar" ? (
            <Bar
              key={series.key}
              dataKey={series.key}
              stackId="stack"
              fill={TONE_COLOURS[series.tone]}
              maxBarSize={18}
              isAnimationActive={false}
            />
          ) : (
            <Line
              key={series.key}
              dataKey={series.key}
              stroke={TONE_COLOURS[series.tone]}
              strokeWidth={series.tone === "previous" ? 1.25 : 1.75}
              strokeDasharray={series.tone === "previous" ? "3 3" : undefined}
              dot={
                series.tone === "previous"
                  ? false
                  : { r: dotSize, strokeWidth: 0, fill: TONE_COLOURS[series.tone], clipDot: false }
              }
              connectNulls={false}
              isAnimationActive={false}
            />
          ),
        )}
        {drag && drag.startMs !== drag.endMs && (
          <ReferenceArea x1={drag.startMs} x2={drag.endMs} fill="var(--accent)" fillOpacity={0.18} />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
