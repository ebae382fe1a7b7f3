"use client";
import { ChevronRight, ShieldCheck } from "lucide-react";
import { useId, useState } from "react";
import { figure } from "@/client/format";
import { findingMeaning, findingTitle, stepTitle } from "@/client/words";
import type { FindingView, JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Severity } from "../ui/severity";
import { Time } from "../ui/time";
import { ZonedText } from "../ui/zoned-text";
import { EventLinks } from "./event-links";
import { type FindingGroup, findingsHeading, groupFindings } from "./prepare-findings";
import { asSentence } from "./prepare-story";

interface Evidence {
  events: TelemetryEventView[];
  onOpen: (id: string) => void;
}

/** Everything found about the journey, one block per kind, the worst first, each with its evidence. */
export function Findings({ journey, ...evidence }: Evidence & { journey: JourneyDetail }) {
  const groups = groupFindings(journey);
  return (
    <Card
      title={findingsHeading(journey)}
      hint={journey.omitted.findings > 0 ? `${figure(journey.omitted.findings)} of them not shown` : undefined}
      flush
    >
      {groups.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nothing was found wrong" />
      ) : (
        <ul>
          {groups.map((group) => (
            <li key={group.code} className="flex flex-col gap-1.5 border-b px-4 py-3 text-[13px] last:border-b-0">
              <Kind group={group} {...evidence} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Kind({ group, ...evidence }: Evidence & { group: FindingGroup }) {
  const { code, first, more } = group;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Severity severity={first.severity} />
        <strong className="font-semibold">{findingTitle(code)}</strong>
        <code className="font-mono text-faint text-xs">{code}</code>
        <Place finding={first} />
      </div>
      <Sentence finding={first} />
      <EventLinks ids={first.eventIds} omitted={first.eventIdsOmitted} {...evidence} />
      {more.length > 0 && <More title={findingTitle(code)} findings={more} {...evidence} />}
    </>
  );
}

/** The others of a kind, folded away until asked for. */
function More({ title, findings, ...evidence }: Evidence & { title: string; findings: FindingView[] }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-ml-1 inline-flex h-7 w-fit items-center gap-1 rounded px-1 font-medium text-accent text-xs hover:underline"
      >
        <ChevronRight aria-hidden className={cn("size-3.5", open && "rotate-90")} />+{figure(findings.length)} more like
        it
      </button>
      <ul id={id} aria-label={`${title}, more`} hidden={!open} className="border-l pl-3">
        {open &&
          findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a verdict may hold one finding twice, in a fixed order
            <li key={index} className="flex flex-col gap-1.5 border-b py-2.5 last:border-b-0">
              <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <Severity severity={finding.severity} />
                <Place finding={finding} />
              </div>
              <Sentence finding={finding} />
              <EventLinks ids={finding.eventIds} omitted={finding.eventIdsOmitted} {...evidence} />
            </li>
          ))}
      </ul>
    </>
  );
}

function Place({ finding }: { finding: FindingView }) {
  return (
    <>
      {finding.step && <span className="text-muted text-xs">at {stepTitle(finding.step).toLowerCase()}</span>}
      {!finding.fails && <span className="text-faint text-xs">does not fail the journey</span>}
      <span className="ml-auto text-faint text-xs">
        <Time at={finding.at} as="clockWithMs" />
      </span>
    </>
  );
}

function Sentence({ finding }: { finding: FindingView }) {
  return (
    <p className="max-w-[100ch] text-pretty break-words">
      {finding.summary ? (
        <ZonedText text={asSentence(finding.summary)} near={finding.at} />
      ) : (
        findingMeaning(finding.code)
      )}
    </p>
  );
}
