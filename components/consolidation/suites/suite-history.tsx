"use client";
import { History } from "lucide-react";
import { useTestRuns } from "@/client/use-test-suites";
import type { TestRun, TestSuite } from "@/contracts/test-runs";
import { ListCard } from "../../settings/list-card";
import { Button } from "../../ui/button";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { WrappedName } from "../../ui/wrapped-name";
import { countsText, shareText, shortCommit } from "./prepare-suites";
import { RunVerdict } from "./run-verdict";

const NAMED = 3;
const COLUMNS: Column<TestRun>[] = [
  { head: "Ran", cell: ({ ranAt }) => <Time at={ranAt} /> },
  { head: "Verdict", cell: (run) => <RunVerdict run={run} /> },
  {
    head: "Tests",
    cell: (run) => (
      <div className="min-w-40">
        {countsText(run)}
        {run.failed.slice(0, NAMED).map(({ name }) => (
          <span key={name} className="block text-faint [overflow-wrap:anywhere] text-xs">
            {name}
          </span>
        ))}
        {run.failures + run.errors > NAMED && (
          <span className="block text-faint text-xs">and {run.failures + run.errors - NAMED} more</span>
        )}
      </div>
    ),
  },
  { head: "Real connections", roomy: true, cell: ({ connections }) => shareText(connections) },
  {
    head: "Commit",
    roomy: true,
    cell: ({ commit, branch }) => (
      <>
        <code className="font-mono text-xs">{shortCommit(commit)}</code>
        {branch && <span className="block text-faint text-xs">{branch}</span>}
      </>
    ),
  },
];

/** Runs of one suite. */
export function SuiteHistory({
  suite,
  onClose,
}: {
  suite: Pick<TestSuite, "environment" | "name">;
  onClose: () => void;
}) {
  const list = useTestRuns(suite.environment, suite.name);
  return (
    <ListCard
      title={`Runs of ${suite.name}`}
      hint={<WrappedName>{suite.environment}</WrappedName>}
      actions={
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
      }
      list={list}
      columns={COLUMNS}
      rowKey={({ id }) => id}
      empty={{ icon: History, title: "It has not run yet" }}
    />
  );
}
