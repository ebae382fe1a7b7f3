/** Scans of the source: taken from whoever may send telemetry, read by whoever may read. */
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type ScanList, type ScanPartPage, type StoredScan, scanPart } from "@/contracts/consolidation";
import { scanUpload } from "@/contracts/scans";
import { ROLES } from "@/domain/consolidation/types";
import { MAX_BODY_BYTES } from "@/server/ingest/read-body";
import { committedPosition, readCursor, skippedPosition } from "@/server/queries/cursor";
import { consolidation } from "@/server/scans/read-consolidation";
import { listScans, scanDetail, scanDifference, scanFile, scanPartPage } from "@/server/scans/read-scans";
import { storeScan } from "@/server/scans/store-scan";
import { ApiError } from "../api-error";
import { principalOf, requestActor, requireRole, visibleEnvironments } from "../authenticate";
import {
  environmentParameter,
  idText,
  noParameters,
  openRange,
  pageParameters,
  parseCursor,
  parseQuery,
  parseRequestBody,
  rangeParameters,
} from "../query-parameters";
import type { HttpDependencies } from "../types";
import { applyCampaigns, configOf } from "../uploaded-campaigns";

export const scanListQuery = z.object(pageParameters(200, 50));
export const scanPartQuery = z.object({
  concept: idText,
  part: scanPart.default("symbols"),
  role: z.enum(ROLES).optional(),
  ...pageParameters(500, 100),
});
export const scanFileQuery = z.object({ file: z.string().min(1).max(1_000) });
export const scanDiffQuery = z.object({ against: idText.optional() });
export const consolidationQuery = z.object({ ...environmentParameter, ...rangeParameters });
export const routersInCodeQuery = z.object(environmentParameter);

/** POST /api/v1/scans: JSON, plain or gzip, 20 MiB also after inflating. */
export function addScanUpload(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, access, nowMs } = dependencies;
  scope.addHook("onRequest", requireRole(dependencies, "ingest"));
  scope.addHook("preParsing", async (request, _reply, payload) => {
    const encoding = request.headers["content-encoding"] ?? "identity";
    if (encoding === "identity") return payload;
    if (encoding !== "gzip") {
      throw new ApiError("unsupported_media_type", "Content-Encoding must be gzip or identity.");
    }
    delete request.headers["content-length"];
    return pipeline(payload, createGunzip(), () => undefined);
  });

  scope.post("/api/v1/scans", { bodyLimit: MAX_BODY_BYTES }, async (request, reply): Promise<StoredScan> => {
    parseQuery(noParameters, request.query);
    const upload = parseRequestBody(scanUpload, request.body);
    const config = await configOf(dependencies, request, upload);
    const { name } = principalOf(request);
    const stored = await storeScan(db, upload, { uploadedBy: name, nowMs: nowMs() });
    const actor = requestActor({ access }, request);
    if (stored.status !== "unchanged") {
      const { commit, files } = upload.report;
      await access.record({ actor, action: "scan_stored", target: stored.id, detail: { commit, files } });
    }
    const campaigns = config && (await applyCampaigns(dependencies, request, config));
    reply.status(stored.status === "created" ? 201 : 200);
    return { ...stored, campaigns };
  });
}

export function addScanReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, nowMs } = dependencies;

  scope.get("/api/v1/scans", async (request): Promise<ScanList> => {
    const { cursor, limit } = parseQuery(scanListQuery, request.query);
    const after = parseCursor(cursor, (text) => readCursor(committedPosition, text));
    return listScans(db, { after, limit });
  });

  scope.get<{ Params: { id: string } }>("/api/v1/scans/:id", async (request) => {
    parseQuery(noParameters, request.query);
    return (await scanDetail(db, request.params.id)) ?? unknownScan();
  });

  scope.get<{ Params: { id: string } }>("/api/v1/scans/:id/parts", async (request): Promise<ScanPartPage> => {
    const { cursor, role, ...query } = parseQuery(scanPartQuery, request.query);
    const skip = parseCursor(cursor, (text) => readCursor(skippedPosition, text))?.skip ?? 0;
    const page = await scanPartPage(db, { ...query, id: request.params.id, role: role ?? null, skip });
    return page ?? unknownScan("No scan has this id and concept.");
  });

  scope.get<{ Params: { id: string } }>("/api/v1/scans/:id/files", async (request) => {
    const { file } = parseQuery(scanFileQuery, request.query);
    return (await scanFile(db, request.params.id, file)) ?? unknownScan();
  });

  scope.get<{ Params: { id: string } }>("/api/v1/scans/:id/diff", async (request) => {
    const { against } = parseQuery(scanDiffQuery, request.query);
    return (await scanDifference(db, request.params.id, against ?? null)) ?? unknownScan();
  });

  scope.get("/api/v1/consolidation", async (request) => {
    const query = parseQuery(consolidationQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const { from, to } = openRange(query, nowMs());
    const range = { fromMs: from?.getTime() ?? null, toMs: to?.getTime() ?? nowMs() };
    return consolidation(db, { environments, ...range, nowMs: nowMs() });
  });

  scope.get("/api/v1/consolidation/routers", async (request) => {
    const query = parseQuery(routersInCodeQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return queries.routersInCode(environments);
  });
}

function unknownScan(message = "No scan has this id."): never {
  throw new ApiError("not_found", message);
}
