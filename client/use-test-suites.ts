"use client";
/** Test suites, their runs, and what is expected of them. They are fetched again when a run came. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import {
  type TestRun,
  type TestRunList,
  type TestSuiteChange,
  testRunList,
  testSuite,
  testSuiteList,
} from "@/contracts/test-runs";
import { apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { useFreshQuery } from "./settings/use-fresh-query";
import { usePaged } from "./settings/use-paged";
import { useConsolidationNews } from "./use-consolidation-news";

/** The suite whose runs are shown, in the URL; null = none. */
export function useSuiteInView(): [string | null, (suite: string | null) => void] {
  const [suite, set] = useQueryState("suite", parseAsString.withOptions({ history: "replace", shallow: true }));
  return [suite, (next) => void set(next)];
}

export function useTestSuites(environment: string | null) {
  useConsolidationNews(environment);
  return useFreshQuery({
    queryKey: keys.testSuites(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("test-suites", { environment }, testSuiteList, signal),
  });
}

/** Runs of a suite, newest first. */
export function useTestRuns(environment: string, suite: string) {
  return usePaged<TestRun, TestRunList>({
    queryKey: keys.testRuns(environment, suite),
    path: "test-runs",
    query: { environment, suite, limit: 20 },
    schema: testRunList,
    enabled: true,
  });
}

/** Says what is expected of a suite. */
export function useChangeSuite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: TestSuiteChange) => apiSend("PUT", "test-suites", { body }, testSuite),
    onSuccess: ({ environment, name }) => {
      void cache.invalidateQueries({ queryKey: keys.testSuites(environment) });
      void cache.invalidateQueries({ queryKey: keys.testRuns(environment, name) });
    },
  });
}
