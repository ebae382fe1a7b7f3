"use client";
import { FlaskConical, History, Pencil } from "lucide-react";
import { useState } from "react";
import { namesAndMore, outOf } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import { useEnvironment } from "@/client/url-state";
import { useHydrated } from "@/client/use-hydrated";
import { useSuiteInView, useTestSuites } from "@/client/use-test-suites";
import type { TestSuite } from "@/contracts/test-runs";
import { CodeBlock } from "../../connect/code-block";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { WrappedName } from "../../ui/wrapped-name";
import { countsText, expectationText, shareText, troubledSuites } from "./prepare-suites";
import { RunVerdict } from "./run-verdict";
import { SuiteBoard } from "./suite-board";
import { SuiteForm } from "./suite-form";
import { SuiteHistory } from "./suite-history";

const MAX_NAMED = 5;

/** Test suites with their newest runs, held against what is expected of each. */
export function SuitesCard() {
  const [environment] = useEnvironment();
  const mayChange = useMayChange();
  const { data, error, refetch } = useTestSuites(environment);
  const [history, setHistory] = useSuiteInView();
  const [changing, setChanging] = useState<TestSuite | null>(null);
  const columns: Column<TestSuite>[] = [
    {
      head: "Suite",
      cell: (suite) => (
        <div className="min-w-32">
          <span className="font-medium">
            <WrappedName>{suite.name}</WrappedName>
          </span>
          <span className="block text-faint text-xs">{expectationText(suite)}</span>
        </div>
      ),
    },
    {
      head: "Newest run",
      cell: ({ latest }) =>
        latest ? (
          <div className="min-w-32">
            <RunVerdict run={latest} />
            <span className="block text-faint text-xs">{countsText(latest)}</span>
          </div>
        ) : (
          <span className="text-muted">has not run yet</span>
        ),
    },
    { head: "Ran", roomy: true, cell: ({ latest }) => <Time at={latest?.ranAt ?? null} /> },
    { head: "Real connections", roomy: true, cell: ({ latest }) => latest && shareText(latest.connections) },
    {
      head: "Actions",
      headHidden: true,
      figures: true,
      cell: (suite) => (
        <div className="flex justify-end gap-1">
          <Button size="small" look="quiet" aria-label={`Runs of ${suite.name}`} onClick={() => setHistory(suite.name)}>
            <History aria-hidden className="size-3.5" />
          </Button>
          {mayChange && (
            <Button size="small" look="quiet" aria-label={`Change ${suite.name}`} onClick={() => setChanging(suite)}>
              <Pencil aria-hidden className="size-3.5" />
            </Button>
          )}
        </div>
      ),
    },
  ];
  const items = data?.items ?? [];
  const { early } = troubledSuites(items);
  const cut = data && data.omitted > 0 ? outOf(items.length, data.omitted) : "";
  return (
    <>
      {data && items.length > 0 && <SuiteBoard list={data} />}
      <Card title="Suites" hint={cut} flush>
        {error && !data && (
          <ErrorState error={error} title="The suites could not be fetched" onRetry={() => refetch()} />
        )}
        {!data && !error && <SkeletonRows rows={3} label="The suites are being fetched" />}
        {early.length > 0 && (
          <p role="note" className="border-b bg-warn-soft px-4 [overflow-wrap:anywhere] py-2.5 text-[13px]">
            <b className="font-medium">Passing before the fix landed:</b>{" "}
            {namesAndMore(early.slice(0, MAX_NAMED), Math.max(0, early.length - MAX_NAMED))}. Such a suite does not test
            what it was written for.
          </p>
        )}
        {data && items.length === 0 && <NoSuites environment={environment} />}
        {items.length > 0 && (
          <Table
            caption="Test suites"
            columns={columns}
            rows={items}
            rowKey={(suite) => `${suite.environment} ${suite.name}`}
          />
        )}
      </Card>
      {history !== null && environment !== null && (
        <SuiteHistory
          key={`${environment} ${history}`}
          suite={{ environment, name: history }}
          onClose={() => setHistory(null)}
        />
      )}
      {changing && <SuiteForm suite={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function NoSuites({ environment }: { environment: string | null }) {
  const origin = useHydrated() ? window.location.origin : "";
  const where = environment === null ? "" : `environment=${encodeURIComponent(environment)}&`;
  const command = `curl -H "Authorization: Bearer $SIGNALBOX_KEY" -H 'content-type: application/xml' \\
  --data-binary @junit.xml \\
  "${origin}/api/v1/test-runs?${where}suite=routing&commit=$(git rev-parse HEAD)"`;
  return (
    <EmptyState icon={FlaskConical} title="No test run has been uploaded">
      <p className="mb-3">CI uploads what its test program writes as JUnit XML:</p>
      <div className="text-left">
        <CodeBlock label="Upload a run" code={command} />
      </div>
    </EmptyState>
  );
}
