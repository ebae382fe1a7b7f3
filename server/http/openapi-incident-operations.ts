/** What the API has to say about incidents, and what can be done with them. */
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { incidentExportQuery } from "./routes/incident-export";
import { incidentEvidenceQuery, incidentListQuery, incidentPageQuery, incidentQuery } from "./routes/incidents";

export const INCIDENT_OPERATIONS: Operation[] = [
  {
    path: "/api/v1/incidents",
    summary: "Leaks, the one seen last first",
    query: incidentListQuery,
    answer: contract.incidentList,
  },
  {
    path: "/api/v1/incidents/{id}",
    summary: "One leak with its newest occurrences",
    query: incidentQuery,
    answer: contract.incidentDetail,
  },
  {
    path: "/api/v1/incidents/{id}",
    method: "patch",
    summary: "Acknowledges, resolves, reopens or mutes an incident, or adds a note",
    query: incidentQuery,
    body: contract.incidentChange,
    answer: contract.incidentDetail,
  },
  {
    path: "/api/v1/incidents/{id}/history",
    summary: "What people and telemetry did to an incident, newest first",
    query: incidentPageQuery,
    answer: contract.incidentHistory,
  },
  {
    path: "/api/v1/incidents/{id}/occurrences",
    summary: "Occurrences of an incident, the newest first",
    query: incidentPageQuery,
    answer: contract.incidentOccurrences,
  },
  {
    path: "/api/v1/incidents/{id}/evidence",
    summary: "What proves an occurrence: both users' timelines around it, the delivery, and whose connection it was",
    query: incidentEvidenceQuery,
    answer: contract.incidentEvidence,
  },
  {
    path: "/api/v1/incidents/{id}/export",
    summary: "One incident as a file: redacted, bounded, and saying what it leaves out",
    query: incidentExportQuery,
    answer: contract.incidentBundle,
  },
  {
    path: "/api/v1/incidents/{id}/journeys",
    summary: "Journeys in which an incident occurred, the one with the newest occurrence first",
    query: incidentPageQuery,
    answer: contract.incidentJourneys,
  },
];
