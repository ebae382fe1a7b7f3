"use client";
import { History, OctagonAlert, Snowflake } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { counted, duration, figure, namesAndMore } from "@/client/format";
import type { Correction } from "@/client/live/correction";
import { rangeAround } from "@/client/range";
import { useHref } from "@/client/url-state";
import type { JourneyDetail } from "@/contracts/http";
import { CompareWith } from "../compare/compare-with";
import { RouterLink } from "../routers/router-link";
import { cn } from "../ui/cn";
import { CopyButton } from "../ui/copy-button";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { ZonedText } from "../ui/zoned-text";
import { prepareStory } from "./prepare-story";

interface Props {
  journey: JourneyDetail;
  correction: Correction | null;
}

export function JourneyHeader({ journey, correction }: Props) {
  const failed = journey.status === "failed";
  return (
    <section aria-label="Verdict" className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <div className={cn("flex flex-col gap-3 border-l-4 p-4", failed ? "border-l-bad-fill" : "border-l-line-strong")}>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="min-w-0 break-all font-mono font-semibold text-base">{journey.id}</h1>
          <span role="status">
            <Status status={journey.status} filled />
          </span>
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <CompareWith journey={journey} />
            <CopyButton label="Copy link" text={() => window.location.href} />
          </div>
        </div>
        <p className={cn("max-w-[90ch] text-pretty break-words text-[15px]", failed ? "text-ink" : "text-muted")}>
          <ZonedText text={prepareStory(journey)} near={journey.startedAt} />
        </p>
        {correction && (
          <Remark icon={<History aria-hidden className="size-4" />}>
            Verdict corrected at <Time at={correction.at} as="clock" />: late evidence turned {correction.from} into{" "}
            {correction.to}.
          </Remark>
        )}
        {journey.oversized && (
          <Remark icon={<OctagonAlert aria-hidden className="size-4" />}>
            Very many events: this verdict is judged from counts.
          </Remark>
        )}
        {journey.frozen && (
          <Remark icon={<Snowflake aria-hidden className="size-4" />}>
            Some events are older than what is kept: this verdict no longer changes.
          </Remark>
        )}
      </div>
      <Facts journey={journey} />
    </section>
  );
}

function Remark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2 rounded-md bg-warn-soft px-3 py-2 text-[13px] text-warn">
      {icon}
      <span>{children}</span>
    </p>
  );
}

function Facts({ journey }: { journey: JourneyDetail }) {
  const href = useHref();
  const owner = journey.owner ? (
    <Link className="hover:underline" href={href(`/users/${encodeURIComponent(journey.owner)}`)}>
      {journey.owner}
    </Link>
  ) : (
    <span>unknown{journey.claimedOwner ? ` (claimed: ${journey.claimedOwner})` : ""}</span>
  );
  return (
    <dl className="grid grid-cols-2 gap-px border-t bg-line sm:grid-cols-3 xl:grid-cols-[repeat(7,auto)]">
      <Fact name="User">{owner}</Fact>
      <Fact name="Started">
        <Time at={journey.startedAt} />
      </Fact>
      <Fact name="Until delivered">{duration(journey.durationMs)}</Fact>
      <Fact name={journey.routers.length > 1 ? "Routers" : "Router"}>
        <Routers journey={journey} />
      </Fact>
      <Fact name="Version">{namesAndMore(journey.versions, journey.omitted.versions) || "not reported"}</Fact>
      <Fact name="Environment">{journey.environment}</Fact>
      <Fact name="Judged">
        <Time at={journey.judgedAt} as="clock" />{" "}
        <span className="text-faint text-xs">
          <Link
            className="hover:underline"
            href={href("/settings", { environment: journey.environment, tab: "policy" })}
          >
            policy {figure(journey.policyVersion)}
          </Link>
          , {counted(journey.revision, "verdict")}
        </span>
      </Fact>
    </dl>
  );
}

/** Each leads to its page, at the time of the journey. */
function Routers({ journey: { routers, omitted, startedAt, endedAt } }: { journey: JourneyDetail }) {
  if (routers.length === 0) return "none observed";
  const range = rangeAround(startedAt, endedAt);
  return (
    <ul>
      {routers.map((router) => (
        <li key={router}>
          <RouterLink router={router} range={range} className="font-sans text-[13px]" />
        </li>
      ))}
      {omitted.routers > 0 && <li className="text-faint text-xs">and {figure(omitted.routers)} more</li>}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5 max-sm:last:col-span-2 sm:max-xl:last:col-span-3">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="font-medium text-[13px]">{children}</dd>
    </div>
  );
}
