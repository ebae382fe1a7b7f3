"use client";
import { cn } from "../../ui/cn";
import { markIcon } from "./mark-icon";
import type { Mark } from "./prepared-timeline";
import { LANE_PX, laneTop } from "./timeline-canvas";

const SIZE_PX = 20;

const LOOKS: Record<Mark["state"], string> = {
  ok: "border-line-strong bg-surface text-muted",
  warn: "border-warn-fill bg-warn-soft text-warn",
  bad: "border-bad-fill bg-bad-fill text-white dark:text-black",
  missing: "border-2 border-bad-fill border-dashed bg-surface text-bad",
};

interface Props {
  mark: Mark;
  laneIndex: number;
  /** One mark at a time can be reached by Tab, the others by the arrow keys. */
  reachable: boolean;
  onLook: () => void;
  onOpen: () => void;
}

export function TimelineMark({ mark, laneIndex, reachable, onLook, onOpen }: Props) {
  const Icon = markIcon(mark.stage);
  return (
    <button
      type="button"
      data-mark={mark.key}
      tabIndex={reachable ? 0 : -1}
      aria-label={`${mark.title}${mark.state === "missing" ? ", missing" : mark.state === "bad" ? ", at fault" : ""}`}
      onPointerEnter={onLook}
      onFocus={onLook}
      onClick={onOpen}
      className={cn(
        "absolute grid scroll-mx-52 place-items-center rounded-full border hover:z-10 hover:scale-125 focus:z-10",
        LOOKS[mark.state],
      )}
      style={{
        left: mark.x - SIZE_PX / 2,
        top: laneTop(laneIndex) + (LANE_PX - SIZE_PX) / 2,
        width: SIZE_PX,
        height: SIZE_PX,
      }}
    >
      {mark.state !== "missing" && <Icon aria-hidden className="size-[11px]" strokeWidth={2.25} />}
    </button>
  );
}
