"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { duration } from "@/client/format";
import { useHref } from "@/client/url-state";
import { stepStateWord, stepTitle } from "@/client/words";
import type { JourneyDetail } from "@/contracts/http";
import { stepLook } from "../journey/step-look";
import { stepHash } from "../journey/use-journey-hash";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { WrappedName } from "../ui/wrapped-name";
import type { StepField, StepRow, StepSide } from "./prepare-comparison";

interface Props {
  rows: StepRow[];
  left: JourneyDetail;
  right: JourneyDetail;
}

/** The steps of both, one below the other on a phone; what differs is marked. */
export function CompareSteps({ rows, left, right }: Props) {
  return (
    <Card title="Steps" hint="what differs is marked; times since the request, and since the step before" flush>
      <ol>
        {rows.map((row) => (
          <li
            key={row.step}
            className="grid grid-cols-2 border-b last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]"
          >
            <h3
              className={cn(
                "col-span-2 border-l-4 bg-raised px-3 py-1.5 font-medium text-[13px] sm:col-span-1 sm:py-2.5",
                row.differs.length > 0 ? "border-l-warn-fill" : "border-l-transparent",
              )}
            >
              {stepTitle(row.step)}
              {row.differs.length > 0 && <span className="sr-only">, differs in {row.differs.join(", ")}</span>}
            </h3>
            <Side row={row} side={row.left} journey={left} label="Left" />
            <Side row={row} side={row.right} journey={right} label="Right" />
          </li>
        ))}
      </ol>
    </Card>
  );
}

interface SideProps {
  row: StepRow;
  side: StepSide | null;
  journey: JourneyDetail;
  label: string;
}

function Side({ row, side, journey, label }: SideProps) {
  const href = useHref();
  if (!side) return <p className="border-l px-3 py-2.5 text-[13px] text-faint">no such step</p>;
  const look = stepLook(side.state);
  const Icon = look.icon;
  const differs = (field: StepField) => row.differs.includes(field);
  return (
    <div className={cn("min-w-0 border-l px-3 py-2.5 text-[13px]", side.breaks && "bg-bad-soft")}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <span className="sr-only">{label}: </span>
        <Marked on={differs("state")}>
          <Link
            href={`${href(`/journeys/${encodeURIComponent(journey.id)}`, { environment: journey.environment })}${stepHash(row.step)}`}
            prefetch={false}
            className={cn("inline-flex items-center gap-1.5 font-medium hover:underline", look.tone)}
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            {stepStateWord(side.state)}
          </Link>
        </Marked>
        {side.hop && (
          <Marked on={differs("hop")}>
            <span className="rounded bg-raised px-1 text-muted text-xs">{side.hop}</span>
          </Marked>
        )}
        {side.sinceMs !== null && (
          <span className="text-faint text-xs sm:ml-auto">
            {side.sinceMs >= 0 ? `+${duration(side.sinceMs)}` : `${duration(-side.sinceMs)} before`}
            {side.gapMs !== null && (
              <>
                {", "}
                <Marked on={differs("gap")}>after {duration(side.gapMs)}</Marked>
              </>
            )}
          </span>
        )}
      </p>
      <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs empty:hidden">
        {NAMES.map(({ field, name }) => {
          const value = side[field];
          return value ? (
            <div key={field} className="min-w-0">
              <dt className="inline text-faint">{name} </dt>
              <dd className="inline">
                <Marked on={differs(field)}>
                  <WrappedName className="font-mono">{value}</WrappedName>
                </Marked>
              </dd>
            </div>
          ) : null;
        })}
      </dl>
    </div>
  );
}

const NAMES = [
  { field: "router", name: "router" },
  { field: "handler", name: "handler" },
  { field: "version", name: "version" },
  { field: "instance", name: "instance" },
] as const;

function Marked({ on, children }: { on: boolean; children: ReactNode }) {
  return on ? (
    <mark className="rounded bg-warn-soft px-1 text-ink ring-1 ring-warn-fill/50">{children}</mark>
  ) : (
    children
  );
}
