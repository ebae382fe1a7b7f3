/** Scans of the source, and how the consolidation goes. */
import * as contract from "@/contracts/http";
import { scanUpload } from "@/contracts/scans";
import type { Operation } from "./openapi-operation";
import { campaignListQuery } from "./routes/campaigns";
import {
  consolidationQuery,
  routersInCodeQuery,
  scanDiffQuery,
  scanFileQuery,
  scanListQuery,
  scanPartQuery,
} from "./routes/scans";

export const SCAN_OPERATIONS: Operation[] = [
  {
    path: "/api/v1/scans",
    method: "post",
    summary: "Store what `signalbox scan --json` says; the same commit and config is stored once (ingest key)",
    body: scanUpload,
    answer: contract.storedScan,
    status: 201,
  },
  {
    path: "/api/v1/scans",
    summary: "Scans, newest commit first",
    query: scanListQuery,
    answer: contract.scanList,
  },
  {
    path: "/api/v1/scans/{id}",
    summary: "One scan: figures of each concept, roles, files that could not be analysed",
    answer: contract.scanDetail,
  },
  {
    path: "/api/v1/scans/{id}/parts",
    summary: "Symbols, importers, drift, handler conflicts or missing modules of one concept",
    query: scanPartQuery,
    answer: contract.scanPartPage,
  },
  {
    path: "/api/v1/scans/{id}/files",
    summary: "Whether a file is among those of the scanned checkout, and what stands beside it",
    query: scanFileQuery,
    answer: contract.scanFile,
  },
  {
    path: "/api/v1/scans/{id}/diff",
    summary: "What came and what went since another scan, or since the one before",
    query: scanDiffQuery,
    answer: contract.scanDifference,
  },
  {
    path: "/api/v1/consolidation",
    summary: "Implementations over the commits, with reliability and incidents on the same time axis",
    query: consolidationQuery,
    answer: contract.consolidation,
  },
  {
    path: "/api/v1/consolidation/routers",
    summary: "Routers in the newest scan and in the traffic: live, silent or unknown",
    query: routersInCodeQuery,
    answer: contract.routersInCode,
  },
  {
    path: "/api/v1/campaigns",
    summary: "Campaigns to consolidate, each evaluated now",
    query: campaignListQuery,
    answer: contract.campaignList,
  },
  {
    path: "/api/v1/campaigns/{id}",
    summary: "One campaign: every criterion with target, value, trend and since when",
    answer: contract.campaign,
  },
  {
    path: "/api/v1/campaigns/{id}",
    method: "put",
    summary: "Make or change a campaign (admin)",
    body: contract.campaignChange,
    answer: contract.campaign,
  },
  {
    path: "/api/v1/campaigns/{id}",
    method: "delete",
    summary: "Delete a campaign (admin)",
    answer: contract.campaign,
  },
];
