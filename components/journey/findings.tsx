"use client";
import { ShieldCheck } from "lucide-react";
import { figure, zonedSentence } from "@/client/format";
import { useZone } from "@/client/url-state";
import { findingMeaning, findingTitle, stepTitle } from "@/client/words";
import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Severity } from "../ui/severity";
import { Time } from "../ui/time";
import { EventLinks } from "./event-links";
import { asSentence } from "./prepare-story";

interface Props {
  journey: JourneyDetail;
  events: TelemetryEventView[];
  onOpen: (id: string) => void;
}

/** Everything found about the journey, what fails it first, each with its evidence. */
export function Findings({ journey, events, onOpen }: Props) {
  const [zone] = useZone();
  const findings = [...journey.findings].sort((a, b) => Number(b.fails) - Number(a.fails));
  return (
    <Card
      title={findings.length > 0 ? `Findings (${findings.length})` : "Findings"}
      hint={journey.omitted.findings > 0 ? `and ${figure(journey.omitted.findings)} more, not shown` : undefined}
      flush
    >
      {findings.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nothing was found wrong" />
      ) : (
        <ul>
          {findings.map((finding, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a verdict may hold one finding twice, in a fixed order
              key={`${finding.code} ${index}`}
              className="flex flex-col gap-1.5 border-b px-4 py-3 text-[13px] last:border-b-0"
            >
              <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <Severity severity={finding.severity} />
                <strong className="font-semibold">{findingTitle(finding.code)}</strong>
                <code className="font-mono text-faint text-xs">{finding.code}</code>
                {finding.step && <span className="text-muted text-xs">at {stepTitle(finding.step).toLowerCase()}</span>}
                {!finding.fails && <span className="text-faint text-xs">does not fail the journey</span>}
                <span className="ml-auto text-faint text-xs">
                  <Time at={finding.at} as="clockWithMs" />
                </span>
              </div>
              <p className="max-w-[100ch] text-pretty">
                {finding.summary
                  ? zonedSentence(asSentence(finding.summary), finding.at, zone)
                  : findingMeaning(finding.code)}
              </p>
              <EventLinks ids={finding.eventIds} events={events} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
