"use client";
import { Circle, CircleCheck, CircleDashed, CircleX, EyeOff, type LucideIcon, Minus } from "lucide-react";
import { duration } from "@/client/format";
import { findingTitle, stepStateWord, stepTitle } from "@/client/words";
import type { JourneyDetail, StepView } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { WrappedName } from "../ui/wrapped-name";

const LOOKS: Record<StepView["state"], { icon: LucideIcon; tone: string }> = {
  done: { icon: CircleCheck, tone: "text-good" },
  failed: { icon: CircleX, tone: "text-bad" },
  missing: { icon: CircleX, tone: "text-bad" },
  pending: { icon: CircleDashed, tone: "text-muted" },
  not_needed: { icon: Minus, tone: "text-faint" },
  not_observed: { icon: EyeOff, tone: "text-faint" },
};

/** The steps a person expects, as a checklist with the break marked. */
export function Steps({ journey }: { journey: JourneyDetail }) {
  return (
    <Card title="Steps" flush>
      <ol className="py-1.5">
        {journey.steps.map((step) => (
          <StepRow key={step.step} step={step} journey={journey} />
        ))}
      </ol>
    </Card>
  );
}

function StepRow({ step, journey }: { step: StepView; journey: JourneyDetail }) {
  const look = LOOKS[step.state] ?? { icon: Circle, tone: "text-muted" };
  const Icon = look.icon;
  const breaks = journey.brokenAt?.step === step.step ? journey.brokenAt : null;
  const quiet = step.state !== "done" && !breaks && step.state !== "failed" && step.state !== "missing";
  return (
    <li
      aria-current={breaks ? "step" : undefined}
      className={cn(
        "flex gap-3 px-4 py-1.5 text-[13px]",
        breaks && "border-bad-fill border-l-4 bg-bad-soft py-2.5 pl-3",
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look.tone)} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-3">
          <p className={cn("font-medium", quiet && "font-normal text-muted", breaks && "text-bad")}>
            {stepTitle(step.step)}
            <span className={cn("ml-2 font-normal text-xs", step.state === "done" ? "sr-only" : look.tone)}>
              {stepStateWord(step.state)}
            </span>
          </p>
          <StepTime step={step} startedAt={journey.startedAt} />
        </div>
        {breaks && (
          <p className="mt-0.5 text-xs">
            {journey.brokenBy && <strong className="font-semibold">{findingTitle(journey.brokenBy)}. </strong>}
            {breaks.hop && <>Got as far as {breaks.hop}</>}
            {breaks.hop && breaks.router && ", "}
            {breaks.router && (
              <>
                {breaks.hop ? "last" : "Last"} touched by{" "}
                <WrappedName className="font-mono">{breaks.router}</WrappedName>
              </>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

function StepTime({ step, startedAt }: { step: StepView; startedAt: string }) {
  if (step.at === null) return null;
  const afterMs = Date.parse(step.at) - Date.parse(startedAt);
  return (
    <p className="ml-auto shrink-0 text-right text-xs">
      {step.hop && <span className="mr-1.5 rounded bg-raised px-1 text-muted">{step.hop}</span>}
      <Time at={step.at} as="clockWithMs" />
      <span className="ml-1.5 inline-block w-14 text-faint">{afterMs >= 0 ? `+${duration(afterMs)}` : "before"}</span>
    </p>
  );
}
