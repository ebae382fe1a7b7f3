/** Every operation of the read API: where it is, what it takes and what it answers. */
import { z } from "zod";
import * as contract from "@/contracts/http";
import { ALERT_OPERATIONS } from "./openapi-alert-operations";
import { CHANNEL_OPERATIONS } from "./openapi-channel-operations";
import { INCIDENT_OPERATIONS } from "./openapi-incident-operations";
import type { Operation } from "./openapi-operation";
import { SCAN_OPERATIONS } from "./openapi-scan-operations";
import { TEST_RUN_OPERATIONS } from "./openapi-test-run-operations";
import { auditListQuery } from "./routes/audit";
import { canaryListQuery } from "./routes/canaries";
import { erasureQuery } from "./routes/erasures";
import { eventExportQuery } from "./routes/events";
import { journeyDetailQuery, journeyEventsQuery, neighboursQuery } from "./routes/journey";
import { differencesQuery, journeyListQuery } from "./routes/journeys";
import { keyListQuery } from "./routes/keys";
import { overviewQuery, sourceListQuery } from "./routes/overview";
import { sessionListQuery } from "./routes/people";
import { routersQuery } from "./routes/routers";
import { searchQuery } from "./routes/search";
import { policyChangeQuery, policyQuery, retentionChangeQuery } from "./routes/settings";
import { lanesQuery, timelineExportQuery, timelineQuery, timelineSummaryQuery } from "./routes/timeline";
import { userListQuery, userQuery } from "./routes/users";

export const OPERATIONS: Operation[] = [
  {
    path: "/api/v1/overview",
    summary: "Reliability, volume, latency and failures of a range",
    query: overviewQuery,
    answer: contract.overview,
  },
  {
    path: "/api/v1/journeys",
    summary: "Journeys, newest first",
    query: journeyListQuery,
    answer: contract.journeyList,
  },
  {
    path: "/api/v1/journeys/differences",
    summary: "What failed journeys have that healthy ones of the same period do not have",
    query: differencesQuery,
    answer: contract.differences,
  },
  {
    path: "/api/v1/journeys/{id}",
    summary: "One journey by run id or inbound message id",
    query: journeyDetailQuery,
    answer: contract.journeyDetail,
  },
  {
    path: "/api/v1/journeys/{id}/events",
    summary: "A page of a journey's events, by time",
    query: journeyEventsQuery,
    answer: contract.journeyEventPage,
  },
  {
    path: "/api/v1/journeys/{id}/neighbours",
    summary: "The owner's other journeys before and after one, and healthy ones to compare it with",
    query: neighboursQuery,
    answer: contract.journeyNeighbours,
  },
  {
    path: "/api/v1/users",
    summary: "Users of a range, the one seen last first unless sorted otherwise",
    query: userListQuery,
    answer: contract.userList,
  },
  {
    path: "/api/v1/users/{id}",
    summary: "What is known of one user in each environment, over everything that is kept",
    query: userQuery,
    answer: contract.userKnown,
  },
  {
    path: "/api/v1/users/{id}/timeline",
    summary: "What happened to a user, newest last",
    query: timelineQuery,
    answer: contract.userTimeline,
  },
  {
    path: "/api/v1/users/{id}/timeline/summary",
    summary: "A user's timeline in figures: density, frequent values, where its rows are found",
    query: timelineSummaryQuery,
    answer: contract.timelineSummary,
  },
  {
    path: "/api/v1/users/{id}/timeline/export",
    summary: "A user's whole timeline as NDJSON or CSV, newest last",
    query: timelineExportQuery,
    answer: contract.timelineEvent,
    lines: true,
  },
  {
    path: "/api/v1/users/{id}/lanes",
    summary: "A user's connections, journeys, leaks and what never came",
    query: lanesQuery,
    answer: contract.userLanes,
  },
  {
    path: "/api/v1/routers",
    summary: "Routers by the messages they handled, who takes which type, and what state components are in",
    query: routersQuery,
    answer: contract.routerList,
  },
  {
    path: "/api/v1/routers/{router}",
    summary: "One router over time: messages, errors, latency, types, versions and instances",
    query: routersQuery,
    answer: contract.routerDetail,
  },
  ...INCIDENT_OPERATIONS,
  ...ALERT_OPERATIONS,
  ...CHANNEL_OPERATIONS,
  ...SCAN_OPERATIONS,
  ...TEST_RUN_OPERATIONS,
  {
    path: "/api/v1/sources",
    summary: "Subscribed sources and the quality of their data",
    query: sourceListQuery,
    answer: contract.sourceList,
  },
  {
    path: "/api/v1/search",
    summary: "Users, runs, messages, connections, threads and incidents by an id or its beginning",
    query: searchQuery,
    answer: contract.searchAnswer,
  },
  { path: "/api/v1/views", summary: "Saved views, by name", answer: contract.viewList },
  {
    path: "/api/v1/views",
    method: "post",
    summary: "Save a page with its filters under a name, for everybody",
    body: contract.newView,
    answer: contract.savedView,
    status: 201,
  },
  {
    path: "/api/v1/views/{id}",
    method: "patch",
    summary: "Rename a saved view",
    body: contract.viewChange,
    answer: contract.savedView,
  },
  { path: "/api/v1/views/{id}", method: "delete", summary: "Delete a saved view", answer: contract.savedView },
  { path: "/api/v1/environments", summary: "Environments that the caller may see", answer: contract.environmentList },
  { path: "/api/v1/session", summary: "Who is calling", answer: contract.sessionInfo },
  {
    path: "/api/v1/events",
    summary: "Export of telemetry events, in the order of ids",
    query: eventExportQuery,
    answer: contract.telemetryEventView,
    lines: true,
  },
  {
    path: "/api/v1/keys",
    summary: "Keys, newest first (admin)",
    query: keyListQuery,
    answer: contract.keyList,
  },
  {
    path: "/api/v1/keys",
    method: "post",
    summary: "Make a key; the answer shows its secret once (admin)",
    body: contract.newKey,
    answer: contract.createdKey,
    status: 201,
  },
  {
    path: "/api/v1/keys/{id}",
    method: "delete",
    summary: "Revoke a key for good (admin)",
    answer: contract.keyRow,
  },
  {
    path: "/api/v1/canaries",
    summary: "Canary tokens issued for users, newest first, without the tokens (admin)",
    query: canaryListQuery,
    answer: contract.canaryList,
  },
  {
    path: "/api/v1/canaries",
    method: "post",
    summary: "Issue a canary token for a user; only payloads that come in later are searched for it (admin)",
    body: contract.newCanary,
    answer: contract.createdCanary,
    status: 201,
  },
  {
    path: "/api/v1/canaries/{id}",
    method: "delete",
    summary: "Stop looking for a canary token; what was found by it stays (admin)",
    answer: contract.canaryRow,
  },
  {
    path: "/api/v1/sessions",
    summary: "Sessions of people, newest first (admin)",
    query: sessionListQuery,
    answer: contract.sessionList,
  },
  {
    path: "/api/v1/sessions/{id}",
    method: "delete",
    summary: "End a session (admin)",
    answer: contract.sessionRow,
  },
  {
    path: "/api/v1/people/{person}",
    method: "delete",
    summary: "End every session and sign-in link of a person (admin)",
    answer: contract.removedPerson,
  },
  {
    path: "/api/v1/users/{id}",
    method: "delete",
    summary: "Put a pseudonym for a user everywhere, in one environment or in all that the caller may see (admin)",
    query: erasureQuery,
    answer: contract.erasureAnswer,
  },
  {
    path: "/api/v1/erasures",
    summary: "Erasures of users, newest first (admin)",
    answer: contract.erasureList,
  },
  {
    path: "/api/v1/audit",
    summary: "Who did what to whom, newest first (admin)",
    query: auditListQuery,
    answer: contract.auditList,
  },
  {
    path: "/api/v1/policy",
    summary: "The policy of an environment: values, where they come from, and earlier versions",
    query: policyQuery,
    answer: contract.policyView,
  },
  {
    path: "/api/v1/policy",
    method: "put",
    summary: "Save a version of an environment's policy, or try it with dryRun (admin)",
    query: policyChangeQuery,
    body: contract.policyChange,
    answer: z.union([contract.policyView, contract.policyDryRun]),
  },
  {
    path: "/api/v1/retention",
    summary: "What is kept, how long, and what went",
    answer: contract.retentionView,
  },
  {
    path: "/api/v1/retention",
    method: "put",
    summary: "Change what is kept, or say with dryRun what would go (admin)",
    query: retentionChangeQuery,
    body: contract.retentionChange,
    answer: z.union([contract.retentionView, contract.retentionDryRun]),
  },
  {
    path: "/api/v1/allowed-fields",
    summary: "Field names whose plain values are stored",
    answer: contract.allowedFieldsView,
  },
  {
    path: "/api/v1/allowed-fields",
    method: "put",
    summary: "Change the field names whose plain values are stored (admin)",
    body: contract.allowedFieldsChange,
    answer: contract.allowedFieldsView,
  },
];
