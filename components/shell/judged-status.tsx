"use client";
import { Pause, Radio, TriangleAlert, WifiOff } from "lucide-react";
import { figure } from "@/client/format";
import { useLiveStatus } from "@/client/live/live-provider";
import { useEnvironment } from "@/client/url-state";
import { useJudged } from "@/client/use-journeys";
import { useNow } from "@/client/use-now";
import { assertNever } from "@/domain/assert-never";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { prepareOldness } from "./prepare-judged";

/** How far judging has come, how much waits, and whether this tab still hears of changes. */
export function JudgedStatus() {
  const [environment] = useEnvironment();
  const { judged } = useJudged(environment);
  const live = useLiveStatus();
  const offline = live.state === "offline" || live.state === "refused";
  const paused = live.paused && !offline;
  const Icon = offline ? WifiOff : paused ? Pause : Radio;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-muted text-xs">
      <span
        className={cn(
          "inline-flex items-center gap-1.5",
          live.state === "live" && "text-good",
          offline && "text-bad",
          paused && "text-warn",
        )}
      >
        <Icon aria-hidden className="size-3.5" />
        {paused ? "paused" : live.state}
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
  const { judged, heardAtMs } = useJudged(environment);
  const oldness = prepareOldness({ live: useLiveStatus(), judged, heardAtMs, nowMs: useNow(1_000) });
  if (oldness === null) return null;
  switch (oldness.kind) {
    case "offline":
      return (
        <Banner>Live updates are off: {oldness.problem ?? "the connection was lost"}. What you see may be old.</Banner>
      );
    case "behind":
      return (
        <Banner>
          Judging is behind: everything up to <Time at={oldness.judged.upTo} as="clock" /> is judged,{" "}
          {figure(oldness.judged.backlog)} changes wait.
        </Banner>
      );
    case "silent":
      return (
        <Banner>
          The server no longer says how far judging is; the last it said was up to{" "}
          <Time at={oldness.judged.upTo} as="clock" />. What you see may be old.
        </Banner>
      );
    default:
      return assertNever(oldness);
  }
}

function Banner({ children }: { children: React.ReactNode }) {
  return (
    <div role="status" className="flex items-center gap-2 border-b bg-warn-soft px-4 py-2 text-[13px] text-warn">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p>{children}</p>
    </div>
  );
}
