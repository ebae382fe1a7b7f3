/** What the API has to say about test suites and their runs. */
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { testRunListQuery, testSuiteListQuery } from "./routes/test-runs";

export const TEST_RUN_OPERATIONS: Operation[] = [
  {
    path: "/api/v1/test-suites",
    summary: "Test suites by name, each with its newest run held against what is expected of it",
    query: testSuiteListQuery,
    answer: contract.testSuiteList,
  },
  {
    path: "/api/v1/test-suites",
    method: "put",
    summary: "Say what a suite does until its fix lands, and when that was (admin)",
    body: contract.testSuiteChange,
    answer: contract.testSuite,
  },
  {
    path: "/api/v1/test-runs",
    summary: "Runs of a test suite, newest first",
    query: testRunListQuery,
    answer: contract.testRunList,
  },
];
