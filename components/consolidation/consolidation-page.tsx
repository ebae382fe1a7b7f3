"use client";
import { GitMerge } from "lucide-react";
import Link from "next/link";
import { counted, figure } from "@/client/format";
import { commitName } from "@/client/role-words";
import { useEnvironment, useHref } from "@/client/url-state";
import { useConsolidation, useConsolidationView } from "@/client/use-consolidation";
import type { Consolidation, ScanRow } from "@/contracts/http";
import { ChartCard } from "../charts/chart-card";
import { CodeBlock } from "../connect/code-block";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";
import { CampaignsCard } from "./campaigns/campaigns-card";
import { ConceptCard } from "./concept-card";
import { prepareCompliance, prepareImplementations, prepareNotAnalysed, prepareReliability } from "./prepare-charts";
import { ScanChanges } from "./scan-changes";
import { ScanFile } from "./scan-file";
import { ScanParts } from "./scan-parts";

const FIRST_STEPS = `bin/signalbox init ~/code/chat-backend
bin/signalbox scan ~/code/chat-backend --upload http://localhost:3000`;

/** How many implementations of each job the code has, over its commits, beside how well the traffic does. */
export function ConsolidationPage() {
  const href = useHref();
  const [environment] = useEnvironment();
  const { view, setView } = useConsolidationView();
  const { data, error, refetch } = useConsolidation(environment, view);
  return (
    <>
      <PageHead
        title="Consolidation"
        lead="How many implementations of one job there are in the code, and whether the traffic gets better for it."
      >
        <Link className="text-[13px] text-muted underline-offset-2 hover:underline" href={href("/consolidation/tests")}>
          Test suites
        </Link>
      </PageHead>
      {error && !data && <ErrorState error={error} title="The scans could not be fetched" onRetry={() => refetch()} />}
      {!data && !error && <SkeletonRows rows={6} label="The scans are being fetched" />}
      {data && !data.newest && <NoScans />}
      {data && environment !== null && (
        <CampaignsCard environment={environment} concepts={data.newest?.concepts.map(({ id }) => id) ?? []} />
      )}
      {data?.newest && view.file !== null && (
        <ScanFile scan={view.scan ?? data.newest.id} file={view.file} onClose={() => setView({ file: null })} />
      )}
      {data?.newest && (
        <Scanned
          data={data}
          newest={data.newest}
          concept={view.concept}
          scan={view.scan}
          onConcept={(concept) => setView({ concept, part: "symbols" })}
          onScan={(scan) => setView({ scan, part: "symbols" })}
          onRange={(fromMs, toMs) =>
            setView({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
          }
        />
      )}
    </>
  );
}

interface ScannedProps {
  data: Consolidation;
  newest: ScanRow;
  concept: string | null;
  scan: string | null;
  onConcept: (concept: string) => void;
  onScan: (scan: string | null) => void;
  onRange: (fromMs: number, toMs: number) => void;
}

function Scanned({ data, newest, concept, scan, onConcept, onScan, onRange }: ScannedProps) {
  const inView = newest.concepts.find(({ id }) => id === concept) ?? newest.concepts[0];
  const shown = scan ?? newest.id;
  const notAnalysed = prepareNotAnalysed(data);
  return (
    <>
      <p className="text-[13px] text-muted">
        Commit <code className="font-mono text-xs">{commitName(newest.commit)}</code> of{" "}
        <Time at={newest.committedAt} />, {counted(newest.files, "file")}
        {newest.notAnalysed > 0 && (
          <>
            , <strong className="text-bad">{figure(newest.notAnalysed)} not analysed</strong>
          </>
        )}
        {newest.unparsed > 0 && (
          <span title="They hold none of the words by which the concepts are found.">
            , {figure(newest.unparsed)} read but not parsed
          </span>
        )}
      </p>
      <ul aria-label="Concepts" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {newest.concepts.map((figures) => (
          <ConceptCard
            key={figures.id}
            figures={figures}
            chosen={figures.id === inView?.id}
            onChoose={() => onConcept(figures.id)}
          />
        ))}
      </ul>
      <div className="grid gap-4 lg:grid-cols-2">
        <ChartCard chart={prepareImplementations(data)} onSelect={onRange} />
        <ChartCard chart={prepareReliability(data)} onSelect={onRange} />
        {inView && <ChartCard chart={prepareCompliance(data, inView.id)} onSelect={onRange} />}
        {notAnalysed && <ChartCard chart={notAnalysed} onSelect={onRange} />}
      </div>
      <ScanChanges
        trend={data.trend}
        omitted={data.trendOmitted}
        target={data.reliabilityTarget}
        shown={shown}
        onShow={onScan}
      />
      {inView && <ScanParts key={shown} scan={shown} concept={inView.id} />}
    </>
  );
}

function NoScans() {
  return (
    <EmptyState icon={GitMerge} title="No scan has been sent yet">
      <p>
        A scan reads a checkout and says which implementations of a job there are. The first command writes a
        configuration to look through, the second scans and sends what it finds, with a key in SIGNALBOX_KEY.
      </p>
      <div className="mt-3 text-left">
        <CodeBlock label="Scan a checkout" code={FIRST_STEPS} />
      </div>
    </EmptyState>
  );
}
