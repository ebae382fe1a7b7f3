"use client";
import { Scale, X } from "lucide-react";
import type { ReactNode } from "react";
import { counted, figure } from "@/client/format";
import type { JourneyFilters } from "@/client/journey-filters";
import type { Against } from "@/client/use-against";
import { useDifferences } from "@/client/use-differences";
import type { Differences, DifferenceView } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { WrappedName } from "../ui/wrapped-name";
import {
  differenceSentence,
  dimensionTitle,
  liftWords,
  samplesSentence,
  tooFew,
  valueWords,
} from "./prepare-differences";

interface Props {
  environment: string | null;
  filters: JourneyFilters;
  against: Against;
  onAgainst: (against: Against | null) => void;
  onFilter: (change: Partial<JourneyFilters>) => void;
}

const AGAINST_OPTIONS = [
  { value: "all", label: "all healthy ones" },
  { value: "alike", label: "healthy ones of the same filters" },
];

/** What the failed journeys of the filters have that healthy ones of the same period do not have. */
export function WhatDiffers({ environment, filters, against, onAgainst, onFilter }: Props) {
  const { data, error, refetch, isFetching } = useDifferences(environment, filters, against === "alike");
  const narrowed = filters.user !== null || filters.router !== null || filters.version !== null;
  return (
    <Card
      title="What differs in the failed ones"
      hint={data && <Samples data={data} />}
      flush
      actions={
        <>
          {narrowed && (
            <Select
              label="Against"
              labelled
              value={against}
              options={AGAINST_OPTIONS}
              onChange={(value) => onAgainst(value === "alike" ? "alike" : "all")}
            />
          )}
          <Button size="small" disabled={isFetching} onClick={() => refetch()}>
            Compare again
          </Button>
          <Button look="quiet" size="icon" aria-label="Close what differs" onClick={() => onAgainst(null)}>
            <X aria-hidden className="size-4" />
          </Button>
        </>
      }
    >
      {data ? (
        <Found data={data} onFilter={onFilter} />
      ) : error ? (
        <ErrorState error={error} title="The journeys could not be compared" onRetry={() => refetch()} />
      ) : (
        <SkeletonRows rows={4} label="Journeys are being compared" />
      )}
    </Card>
  );
}

function Samples({ data }: { data: Differences }): ReactNode {
  return (
    <>
      {samplesSentence(data)}, <Time at={data.from} /> to <Time at={data.to} />
    </>
  );
}

function Found({ data, onFilter }: { data: Differences; onFilter: Props["onFilter"] }) {
  const few = tooFew(data);
  if (few !== null) return <EmptyState icon={Scale} title={`Too few to tell: ${few}`} />;
  const items = data.items ?? [];
  if (items.length === 0)
    return (
      <EmptyState icon={Scale} title="Nothing sets the failed ones apart">
        Of {counted(data.looked, "value")} none is more frequent in them than chance explains.
      </EmptyState>
    );
  const columns: Column<DifferenceView>[] = [
    {
      head: "What",
      cell: (item) => <span className="text-muted">{dimensionTitle(item.dimension)}</span>,
      className: "whitespace-nowrap",
    },
    { head: "Value", cell: (item) => <Value item={item} onFilter={onFilter} />, className: "min-w-40" },
    { head: "Lift", figures: true, cell: (item) => <Lift item={item} sentence={differenceSentence(item, data)} /> },
    { head: "In failed", cell: (item) => <Share count={item.failed} of={data.failed.compared} bad /> },
    { head: "In healthy", cell: (item) => <Share count={item.healthy} of={data.healthy.compared} /> },
  ];
  return (
    <>
      <Table
        caption="What differs in the failed ones"
        columns={columns}
        rows={items}
        rowKey={(item) => `${item.dimension} ${item.value}`}
      />
      <p className="border-t px-4 py-2 text-faint text-xs">
        The surest lift first. What chance explains is left out (5 % for all {figure(data.looked)} values together).
        What goes together with failing need not be why.
        {data.omitted > 0 && ` ${counted(data.omitted, "weaker difference")} not shown.`}
      </p>
    </>
  );
}

function Value({ item, onFilter }: { item: DifferenceView; onFilter: Props["onFilter"] }) {
  const words = <WrappedName className="font-mono text-[12.5px]">{valueWords(item)}</WrappedName>;
  if (item.dimension !== "router" && item.dimension !== "version") return words;
  return (
    <button
      type="button"
      title="Show only these"
      className="text-left underline decoration-line-strong underline-offset-2 hover:text-accent"
      onClick={() => onFilter({ [item.dimension]: item.value })}
    >
      {words}
    </button>
  );
}

function Lift({ item, sentence }: { item: DifferenceView; sentence: string }) {
  return (
    <span title={`${sentence}; the lower figure is certain at 95 %`} className="whitespace-nowrap">
      <strong className="font-semibold">{liftWords(item.lift)}</strong>
      <span className="block text-faint text-xs">at least {liftWords(item.liftAtLeast)}</span>
    </span>
  );
}

/** A count as a share of its side; the figures say it too. */
function Share({ count, of, bad = false }: { count: number; of: number; bad?: boolean }) {
  return (
    <span className="flex min-w-28 flex-col gap-1">
      <span className="whitespace-nowrap">
        {figure(count)} <span className="text-faint">of {figure(of)}</span>
      </span>
      <span aria-hidden className="block h-1 w-full overflow-hidden rounded-full bg-line">
        <span
          className={`block h-full rounded-full ${bad ? "bg-bad-fill" : "bg-good-fill"}`}
          style={{ width: `${of > 0 ? (100 * count) / of : 0}%` }}
        />
      </span>
    </span>
  );
}
