"use client";
import type { PointerEvent } from "react";
import { useZone } from "@/client/url-state";
import { cn } from "../../ui/cn";
import { FaultMarks } from "./fault-marks";
import { AXIS_PX } from "./lane-heights";
import { isoOf, type Looked } from "./look";
import { canvasHeight, OverviewCanvas } from "./overview-canvas";
import type { OverviewProps } from "./overview-card";
import type { PreparedOverview } from "./prepared-overview";
import { useBrush } from "./use-brush";

interface Props extends Pick<OverviewProps, "listed" | "onSelect" | "onPick" | "onOpenFault"> {
  overview: PreparedOverview;
  looked: Looked;
  onLook: (looked: Looked) => void;
}

/** The drawing with what can be done on it: drag to select, click to go there, marks to open. */
export function Drawing({ overview, listed, onSelect, onPick, onOpenFault, looked, onLook }: Props) {
  const [zone] = useZone();
  const { scale } = overview;
  const brush = useBrush(
    (fromX, toX) => {
      const fromMs = scale.msOf(fromX);
      onSelect({ from: isoOf(fromMs), to: isoOf(Math.max(scale.msOf(toX), fromMs + 1)) });
    },
    (x) => onPick(isoOf(scale.msOf(x))),
  );
  const band = brush.selected ?? (listed && { fromX: scale.xOf(listed.fromMs), toX: scale.xOf(listed.toMs) });
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    onLook({ ...looked, atMs: scale.msOf(x) });
    brush.handlers.onPointerMove(event);
  }
  return (
    <div
      {...brush.handlers}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onLook({ ...looked, atMs: null })}
      className="relative cursor-crosshair touch-pan-y"
      style={{ height: canvasHeight(overview) }}
    >
      <OverviewCanvas overview={overview} zone={zone} />
      {band && (
        <span
          aria-hidden
          className={cn(
            "pointer-events-none absolute bottom-0",
            brush.selected ? "bg-accent/20" : "border-accent border-x bg-accent/10",
          )}
          style={{ left: band.fromX, width: Math.max(2, band.toX - band.fromX), top: AXIS_PX }}
        />
      )}
      {looked.atMs !== null && (
        <span
          aria-hidden
          className="pointer-events-none absolute bottom-0 w-px bg-line-strong"
          style={{ left: scale.xOf(looked.atMs), top: AXIS_PX }}
        />
      )}
      <FaultMarks faults={overview.faults} onLook={(fault) => onLook({ ...looked, fault })} onOpen={onOpenFault} />
    </div>
  );
}
