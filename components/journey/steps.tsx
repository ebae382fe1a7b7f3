"use client";
import { useEffect, useRef } from "react";
import { duration } from "@/client/format";
import { rangeAround } from "@/client/range";
import { findingTitle, stepStateWord, stepTitle } from "@/client/words";
import type { JourneyDetail, StepView } from "@/contracts/http";
import { RouterLink } from "../routers/router-link";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { stepLook } from "./step-look";
import { stepHash } from "./use-journey-hash";

interface Props {
  journey: JourneyDetail;
  /** The step that the link points to. */
  linked: string | null;
  onOpen: (eventId: string) => void;
}

/** The steps a person expects, as a checklist with the break marked. */
export function Steps({ journey, linked, onOpen }: Props) {
  return (
    <Card title="Steps" flush>
      <ol className="py-1.5">
        {journey.steps.map((step) => (
          <StepRow key={step.step} step={step} journey={journey} linked={step.step === linked} onOpen={onOpen} />
        ))}
      </ol>
    </Card>
  );
}

interface RowProps {
  step: StepView;
  journey: JourneyDetail;
  linked: boolean;
  onOpen: (eventId: string) => void;
}

function StepRow({ step, journey, linked, onOpen }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!linked) return;
    row.current?.focus({ preventScroll: true });
    row.current?.scrollIntoView({ block: "center" });
  }, [linked]);
  const look = stepLook(step.state);
  const Icon = look.icon;
  const breaks = journey.brokenAt?.step === step.step ? journey.brokenAt : null;
  const quiet = step.state !== "done" && !breaks && step.state !== "failed" && step.state !== "missing";
  return (
    <li
      ref={row}
      tabIndex={-1}
      aria-current={breaks ? "step" : undefined}
      className={cn(
        "flex gap-3 px-4 py-1.5 text-[13px] -outline-offset-2",
        linked && "bg-accent-soft",
        breaks && "border-bad-fill border-l-4 bg-bad-soft py-2.5 pl-3",
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look.tone)} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-3">
          <p className={cn("font-medium", quiet && "font-normal text-muted", breaks && "text-bad")}>
            <a href={stepHash(step.step)} className="hover:underline">
              {stepTitle(step.step)}
            </a>
            <span className={cn("ml-2 font-normal text-xs", step.state === "done" ? "sr-only" : look.tone)}>
              {stepStateWord(step.state)}
            </span>
          </p>
          <StepTime step={step} startedAt={journey.startedAt} onOpen={onOpen} />
        </div>
        {breaks && (
          <p className="mt-0.5 text-xs">
            {journey.brokenBy && <strong className="font-semibold">{findingTitle(journey.brokenBy)}. </strong>}
            {breaks.hop && <>Got as far as {breaks.hop}</>}
            {breaks.hop && breaks.router && ", "}
            {breaks.router && (
              <>
                {breaks.hop ? "last" : "Last"} touched by{" "}
                <RouterLink
                  router={breaks.router}
                  range={rangeAround(journey.startedAt, journey.endedAt)}
                  className="text-xs"
                />
              </>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

interface TimeProps {
  step: StepView;
  startedAt: string;
  onOpen: (eventId: string) => void;
}

/** When a step was seen; opens the event that shows it. */
function StepTime({ step, startedAt, onOpen }: TimeProps) {
  if (step.at === null) return null;
  const { proof } = step;
  const afterMs = Date.parse(step.at) - Date.parse(startedAt);
  return (
    <p className="ml-auto shrink-0 text-right text-xs">
      {step.hop && <span className="mr-1.5 rounded bg-raised px-1 text-muted">{step.hop}</span>}
      {proof ? (
        <button
          type="button"
          aria-label={`Event of ${stepTitle(step.step).toLowerCase()}`}
          className="underline decoration-line-strong underline-offset-2 hover:text-accent"
          onClick={() => onOpen(proof.eventId)}
        >
          <Time at={step.at} as="clockWithMs" />
        </button>
      ) : (
        <Time at={step.at} as="clockWithMs" />
      )}
      <span className="ml-1.5 inline-block w-14 text-faint">{afterMs >= 0 ? `+${duration(afterMs)}` : "before"}</span>
    </p>
  );
}
