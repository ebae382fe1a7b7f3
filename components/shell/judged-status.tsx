"use client";
import { skipToken, useQuery } from "@tanstack/react-query";
import { Radio, TriangleAlert, WifiOff } from "lucide-react";
import { figure } from "@/client/format";
import { keys } from "@/client/keys";
import { INITIAL_LIVE_STATUS, type LiveStatus } from "@/client/live/live-status";
import { useEnvironment } from "@/client/url-state";
import { useJudged } from "@/client/use-journeys";
import { useNow } from "@/client/use-now";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { behindMs } from "./prepare-judged";

function useLiveStatus(): LiveStatus {
  return useQuery<LiveStatus>({ queryKey: keys.liveStatus(), queryFn: skipToken }).data ?? INITIAL_LIVE_STATUS;
}

/** How far judging has come, how much waits, and whether this tab still hears of changes. */
export function JudgedStatus() {
  const [environment] = useEnvironment();
  const judged = useJudged(environment);
  const live = useLiveStatus();
  const offline = live.state === "offline" || live.state === "refused";
  const Icon = offline ? WifiOff : Radio;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-muted text-xs">
      <span
        className={cn("inline-flex items-center gap-1.5", live.state === "live" && "text-good", offline && "text-bad")}
      >
        <Icon aria-hidden className="size-3.5" />
        {live.state}
      </span>
      {judged && (
        <span>
          judged up to <Time at={judged.upTo} as="clock" />, backlog {figure(judged.backlog)}
        </span>
      )}
      {live.dropped > 0 && <span title="Each led to a new snapshot">{figure(live.dropped)} live messages dropped</span>}
      {judged && judged.setAside > 0 && <span className="text-warn">{figure(judged.setAside)} set aside</span>}
    </div>
  );
}

/** Says plainly when what the page shows is old. */
export function BehindBanner() {
  const [environment] = useEnvironment();
  const judged = useJudged(environment);
  const live = useLiveStatus();
  const behind = behindMs(judged, useNow(1_000));
  if (live.state === "offline" || live.state === "refused")
    return <Banner>Live updates are off: {live.problem ?? "the connection was lost"}. What you see may be old.</Banner>;
  if (judged === null || behind === null) return null;
  return (
    <Banner>
      Judging is behind: everything up to <Time at={judged.upTo} as="clock" /> is judged, {figure(judged.backlog)}{" "}
      changes wait.
    </Banner>
  );
}

function Banner({ children }: { children: React.ReactNode }) {
  return (
    <div role="status" className="flex items-center gap-2 border-b bg-warn-soft px-4 py-2 text-[13px] text-warn">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p>{children}</p>
    </div>
  );
}
