"use client";
import { Pause, Play } from "lucide-react";
import { counted } from "@/client/format";
import { usePause } from "@/client/live/live-provider";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

/** Lets the page hold still while it is read; says how much waits. */
export function PauseButton() {
  const { paused, waiting, toggle } = usePause();
  const Icon = paused ? Play : Pause;
  return (
    <Button
      look="quiet"
      size="small"
      onClick={toggle}
      title={paused ? "Show what came meanwhile" : "Hold still: live updates wait"}
      className={cn(paused && "border-warn bg-warn-soft text-warn hover:bg-warn-soft hover:text-warn")}
    >
      <Icon aria-hidden className="size-3.5" />
      <span className={cn(!paused && "max-sm:sr-only")}>
        {paused ? `Resume, ${counted(waiting, "update")} ${waiting === 1 ? "waits" : "wait"}` : "Pause"}
      </span>
    </Button>
  );
}
