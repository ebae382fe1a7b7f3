"use client";
import { Check, CircleHelp, X } from "lucide-react";
import Link from "next/link";
import { figure, NO_DATA } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { EvaluatedCriterion } from "@/contracts/http";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { criterionWords, evidenceLink, unknownReason } from "./prepare-campaign";

const STATES = {
  met: { word: "met", icon: Check, look: "text-good" },
  missed: { word: "missed", icon: X, look: "text-bad" },
  unknown: { word: "no data", icon: CircleHelp, look: "text-faint" },
};
const stateOf = (met: boolean | null) => (met === null ? "unknown" : met ? "met" : "missed");
const BARS = 30;

/** Every criterion with target, value, how it went, since when, and the way to its evidence. */
export function CriteriaTable({ criteria, environment }: { criteria: EvaluatedCriterion[]; environment: string }) {
  const columns: Column<EvaluatedCriterion>[] = [
    { head: "State", cell: (one) => <State one={one} /> },
    {
      head: "Criterion",
      cell: (one) => (
        <div className="min-w-32 [overflow-wrap:anywhere]">
          {criterionWords(one).title}
          <span className="block text-xs sm:hidden">
            <Evidence one={one} environment={environment} />
          </span>
        </div>
      ),
    },
    {
      head: "Target",
      figures: true,
      roomy: true,
      className: "whitespace-nowrap",
      cell: (one) => criterionWords(one).target,
    },
    {
      head: "Now",
      figures: true,
      className: "whitespace-nowrap",
      cell: (one) => (
        <>
          <strong>{criterionWords(one).now}</strong>
          <span className="block text-faint text-xs sm:hidden">{criterionWords(one).target}</span>
        </>
      ),
    },
    { head: "Trend", roomy: true, cell: ({ trend }) => <Trend trend={trend} /> },
    { head: "Since", roomy: true, cell: ({ since }) => (since === null ? NO_DATA : <Time at={since} />) },
    {
      head: "Evidence",
      roomy: true,
      cell: (one) => <Evidence one={one} environment={environment} />,
    },
  ];
  return (
    <Card title="Criteria" flush>
      <Table
        caption="Criteria"
        columns={columns}
        rows={criteria}
        rowKey={({ criterion }) => JSON.stringify(criterion)}
      />
    </Card>
  );
}

function State({ one }: { one: EvaluatedCriterion }) {
  const { met, since } = one;
  const { word, icon: Icon, look } = STATES[stateOf(met)];
  const reason = unknownReason(one);
  return (
    <>
      <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", look)}>
        <Icon aria-hidden className="size-4" />
        {word}
      </span>
      {reason !== null && <span className="block text-faint text-xs">{reason}</span>}
      {since !== null && (
        <span className="block text-faint text-xs sm:hidden">
          since <Time at={since} />
        </span>
      )}
    </>
  );
}

function Evidence({ one, environment }: { one: EvaluatedCriterion; environment: string }) {
  const href = useHref();
  const link = evidenceLink(one, environment);
  if (link === null) return <span className="text-faint">{NO_DATA}</span>;
  return (
    <Link className="underline underline-offset-2" href={href(link.path, link.query)}>
      {link.text}
      <span className="sr-only">, evidence of {criterionWords(one).title}</span>
    </Link>
  );
}

/** The newest points as bars: high where it was met, low where it was missed, none where nothing was measured. */
function Trend({ trend }: Pick<EvaluatedCriterion, "trend">) {
  const shown = trend.slice(-BARS);
  const measured = shown.filter(({ met }) => met !== null);
  if (measured.length === 0) return <span className="text-faint">{NO_DATA}</span>;
  return (
    <>
      <span aria-hidden className="flex h-5 items-end gap-px">
        {shown.map(({ at, met }) => (
          <span
            key={at}
            className={cn(
              "w-1 rounded-sm",
              met === null ? "h-px bg-line-strong" : met ? "h-5 bg-good-fill" : "h-2 bg-bad-fill",
            )}
          />
        ))}
      </span>
      <span className="sr-only">
        met in {figure(measured.filter(({ met }) => met).length)} of the newest {figure(measured.length)}
      </span>
    </>
  );
}
