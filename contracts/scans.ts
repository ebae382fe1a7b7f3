/** What `signalbox scan --json` prints, and what a scan's upload carries. */
import { z } from "zod";
import { DRIFT_KINDS, ROLES, type ScanReport } from "@/domain/consolidation/types";
import { configCampaign } from "./campaigns";

const count = z.int().min(0);
const path = z.string().min(1);
const place = { file: path, line: z.int().min(1) };

export const role = z.enum(ROLES);

/** A fact of the source with its place. */
export const reason = z.object({ ...place, text: z.string() });

export const scannedSymbol = z.object({ name: z.string(), ...place, role, reasons: z.array(reason) });

/** A file and the lines by which it imports the concept. */
export const importer = z.object({
  file: path,
  imports: z.array(z.object({ line: z.int().min(1), module: z.string(), name: z.string() })),
});

export const drift = z.object({
  ...place,
  kind: z.enum(DRIFT_KINDS),
  name: z.string(),
  method: z.string(),
  text: z.string(),
  against: reason.nullable(),
});

export const handlerConflict = z.object({
  type: z.string(),
  claims: z.array(reason.extend({ handler: z.string() })),
});

export const missingModule = reason.extend({ module: z.string() });

export const conceptReport = z.object({
  id: z.string(),
  /** Implementations: symbols whose role is `canonical` or `duplicate`. */
  count,
  target: count,
  /** `ratio` is null where no file uses the concept: no data, not 100 %. */
  compliance: z.object({ canonical: count, total: count, ratio: z.number().min(0).max(1).nullable() }),
  symbols: z.array(scannedSymbol),
  importers: z.object({ canonical: z.array(importer), legacy: z.array(importer) }),
  drift: z.array(drift),
  handlerConflicts: z.array(handlerConflict),
  missingModules: z.array(missingModule),
});

export const scanReport = z.object({
  commit: z.string().nullable(),
  files: count,
  /** Read, but not parsed: they hold none of the words of the concepts. */
  unparsed: count.default(0),
  notAnalysed: z.array(z.object({ file: path, reason: z.string() })),
  concepts: z.array(conceptReport),
}) satisfies z.ZodType<ScanReport>;

/** One commit of `scan --history --json`, a line each, oldest first. */
export const historyEntry = z.object({ committedAt: z.iso.datetime(), report: scanReport });
export type HistoryEntry = z.infer<typeof historyEntry>;

/** Body of `POST /api/v1/scans`: the same commit scanned with the same config is stored once. */
export const scanUpload = z.object({
  /** SHA-256 of the config that the scan was made with. */
  configHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the commit was made; null outside a repository. */
  committedAt: z.iso.datetime().nullable(),
  report: scanReport,
  /** Every file of the checkout; without it nothing is known of files that name no symbol. */
  paths: z.array(path).max(500_000).optional(),
  /** What the config says of campaigns: those of its project that it does not name have ended. Left out = nothing. */
  campaigns: z
    .strictObject({ project: z.string().trim().min(1).max(256), items: z.array(configCampaign).max(50) })
    .refine(({ items }) => new Set(items.map(({ id }) => id)).size === items.length, {
      path: ["items"],
      message: "one id is given twice",
    })
    .optional(),
});
export type ScanUpload = z.infer<typeof scanUpload>;
