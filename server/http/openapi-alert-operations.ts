/** What the API has to say about objectives and alerts. */
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { ruleListQuery } from "./routes/alert-rules";
import { alertHistoryQuery, alertListQuery } from "./routes/alerts";
import { newSilenceQuery, silenceListQuery, silenceQuery } from "./routes/silences";
import { sloQuery } from "./routes/slo";

export const ALERT_OPERATIONS: Operation[] = [
  {
    path: "/api/v1/slo",
    summary: "Objectives of an environment: budgets of 30 days, and how fast they burn",
    query: sloQuery,
    answer: contract.sloView,
  },
  {
    path: "/api/v1/slo",
    method: "put",
    summary: "Sets the targets of an environment's objectives (admin)",
    query: sloQuery,
    body: contract.targetsChange,
    answer: contract.sloView,
  },
  {
    path: "/api/v1/alerts",
    summary: "Alerts that fire, the gravest first, and those whose condition has to hold a while longer",
    query: alertListQuery,
    answer: contract.alertList,
  },
  {
    path: "/api/v1/alerts/history",
    summary: "Alerts that ended, the latest first",
    query: alertHistoryQuery,
    answer: contract.alertHistory,
  },
  {
    path: "/api/v1/alert-rules",
    summary: "Rules of an environment: what counts of each, and what it saw last",
    query: ruleListQuery,
    answer: contract.ruleList,
  },
  {
    path: "/api/v1/alert-rules/{rule}",
    method: "put",
    summary: "Sets, disables or gives back the default of a rule (admin)",
    query: ruleListQuery,
    body: contract.ruleChange,
    answer: contract.ruleList,
  },
  {
    path: "/api/v1/silences",
    summary: "Silences, those that end last first",
    query: silenceListQuery,
    answer: contract.silenceList,
  },
  {
    path: "/api/v1/silences",
    method: "post",
    summary: "Silences the alerts whose labels match, until an end",
    query: newSilenceQuery,
    body: contract.newSilence,
    answer: contract.silenceRow,
    status: 201,
  },
  {
    path: "/api/v1/silences/{id}",
    method: "delete",
    summary: "Ends a silence now",
    query: silenceQuery,
    answer: contract.silenceRow,
  },
];
