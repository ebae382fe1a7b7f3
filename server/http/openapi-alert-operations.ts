/** What the API has to say about alerts. */
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { alertHistoryQuery, alertListQuery } from "./routes/alerts";

export const ALERT_OPERATIONS: Operation[] = [
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
];
