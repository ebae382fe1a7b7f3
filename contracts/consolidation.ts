/** Scans as they are kept and compared, and how the effort to have one implementation of each job goes. */
import { z } from "zod";
import { campaignList } from "./campaigns";
import { drift, handlerConflict, importer, missingModule, role, scannedSymbol } from "./scans";

const iso = z.string();
const count = z.number();

/** One concept in one scan. */
export const conceptFigures = z.object({
  id: z.string(),
  /** Implementations: symbols whose role is `canonical` or `duplicate`. */
  count,
  target: count,
  /** Files that use only the canonical path ÷ all that use the concept; null = no file uses it. */
  compliance: z.object({ canonical: count, total: count, ratio: z.number().nullable() }),
  /** Files that import by the old path. */
  legacyImporters: count,
});
export type ConceptFigures = z.infer<typeof conceptFigures>;

export const scanRow = z.object({
  id: z.string(),
  /** null = the checkout was no repository. */
  commit: z.string().nullable(),
  /** Of the commit; of the upload where there is none. */
  committedAt: iso,
  uploadedAt: iso,
  uploadedBy: z.string(),
  files: count,
  /** Files that hold no word of any concept: read, but not parsed. */
  unparsed: count,
  /** Files that could not be analysed: never clean. */
  notAnalysed: count,
  concepts: z.array(conceptFigures),
});
export type ScanRow = z.infer<typeof scanRow>;
export const scanList = z.object({ items: z.array(scanRow), nextCursor: z.string().nullable() });
export type ScanList = z.infer<typeof scanList>;

/** Answer of POST /api/v1/scans. The same commit and config is one scan: sent again it is `unchanged`, or `replaced` where it says something else. */
export const storedScan = z.object({
  id: z.string(),
  status: z.enum(["created", "unchanged", "replaced"]),
  /** What became of the campaigns of the config, by id; null = none were sent, or a newer commit's config stands. */
  campaigns: z
    .object({
      created: z.array(z.string()),
      changed: z.array(z.string()),
      unchanged: z.array(z.string()),
      ended: z.array(z.string()),
    })
    .nullable(),
});
export type StoredScan = z.infer<typeof storedScan>;

const roleCount = z.object({ role, symbols: count });

/** A scan with what its details hold, concept by concept. */
export const scanDetail = scanRow.extend({
  notAnalysedFiles: z.object({ items: z.array(z.object({ file: z.string(), reason: z.string() })), omitted: count }),
  parts: z.array(
    z.object({
      concept: z.string(),
      roles: z.array(roleCount),
      canonicalImporters: count,
      legacyImporters: count,
      drift: count,
      handlerConflicts: count,
      missingModules: count,
    }),
  ),
});
export type ScanDetail = z.infer<typeof scanDetail>;

export const SCAN_PARTS = [
  "symbols",
  "canonical_importers",
  "legacy_importers",
  "drift",
  "handler_conflicts",
  "missing_modules",
] as const;
export const scanPart = z.enum(SCAN_PARTS);
export type ScanPart = z.infer<typeof scanPart>;

/** One part of one concept, page by page. */
export const scanPartPage = z.discriminatedUnion("part", [
  z.object({ part: z.literal("symbols"), items: z.array(scannedSymbol), nextCursor: z.string().nullable() }),
  z.object({
    part: z.enum(["canonical_importers", "legacy_importers"]),
    items: z.array(importer),
    nextCursor: z.string().nullable(),
  }),
  z.object({ part: z.literal("drift"), items: z.array(drift), nextCursor: z.string().nullable() }),
  z.object({
    part: z.literal("handler_conflicts"),
    items: z.array(handlerConflict),
    nextCursor: z.string().nullable(),
  }),
  z.object({ part: z.literal("missing_modules"), items: z.array(missingModule), nextCursor: z.string().nullable() }),
]);
export type ScanPartPage = z.infer<typeof scanPartPage>;

const namedSymbol = scannedSymbol.pick({ name: true, file: true, role: true });
const firstOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), omitted: count });

export const conceptDifference = z.object({
  id: z.string(),
  /** null = that scan does not know the concept. */
  count: z.object({ before: count.nullable(), after: count.nullable() }),
  came: firstOf(namedSymbol),
  went: firstOf(namedSymbol),
  /** The same symbols in another role. */
  changed: firstOf(namedSymbol.extend({ before: role })),
  /** The same symbols in another file. */
  moved: firstOf(namedSymbol.extend({ from: z.string() })),
  legacyImporters: z.object({ came: firstOf(z.string()), went: firstOf(z.string()) }),
});
export type ConceptDifference = z.infer<typeof conceptDifference>;

const scanName = scanRow.pick({ id: true, commit: true, committedAt: true });

/** What came and what went between two scans; `before` is null for the first there is. */
export const scanDifference = z.object({
  before: scanName.nullable(),
  after: scanName,
  concepts: z.array(conceptDifference),
});
export type ScanDifference = z.infer<typeof scanDifference>;

/** Whether a file is among those of a scan, and what stands beside it. */
export const scanFile = z.object({
  scan: scanName,
  file: z.string(),
  /** null = the scan was uploaded without the paths of its checkout. */
  there: z.boolean().nullable(),
  /** Files of the checkout; null as above. */
  files: count.nullable(),
  /** "" = the checkout itself. */
  folder: z.string(),
  /** Other files of the folder, without those below it. */
  beside: firstOf(z.string()),
});
export type ScanFile = z.infer<typeof scanFile>;

/** A router's name in the newest scan and in the traffic of an environment. */
export const codeAndTraffic = z.object({
  router: z.string(),
  /** `live` = in both; `silent` = in the code, no message within `silentDays`; `unknown` = in the traffic alone. */
  state: z.enum(["live", "silent", "unknown"]),
  /** Where the code has it, and as what. */
  symbols: z.array(scannedSymbol.omit({ reasons: true }).extend({ concept: z.string() })),
  /** Files that import one of the symbols. */
  importers: count,
  messages: count,
  firstSeenAt: iso.nullable(),
  lastSeenAt: iso.nullable(),
  /** Silent for the whole time that was watched, no canonical, and imported by nobody. */
  safeToDelete: z.boolean(),
});
export type CodeAndTraffic = z.infer<typeof codeAndTraffic>;

/** Routers of the newest scan and of an environment's traffic. */
export const routersInCode = z.object({
  /** null = nothing was uploaded yet: every router is unknown. */
  scan: scanRow.nullable(),
  /** Without a message for so many days a router is silent. */
  silentDays: count,
  /** First hour of which figures of the traffic are kept; null = there is none. */
  watchedSince: iso.nullable(),
  routers: firstOf(codeAndTraffic),
});
export type RoutersInCode = z.infer<typeof routersInCode>;

/** What is new of an environment's consolidation. */
export const consolidationPulse = z.object({
  /** When the scan and the run of a suite that came last were uploaded. */
  scannedAt: iso.nullable(),
  ranAt: iso.nullable(),
  campaigns: campaignList,
});
export type ConsolidationPulse = z.infer<typeof consolidationPulse>;

export const consolidation = z.object({
  /** The newest by the time of its commit; null = nothing was uploaded yet. */
  newest: scanRow.nullable(),
  /** Oldest first; a concept that a scan does not know is not in it. */
  trend: z.array(
    scanRow.pick({ id: true, commit: true, committedAt: true, notAnalysed: true, concepts: true }).extend({
      /** Golden path reliability from this commit until the next one; `ratio` is null where nothing was judged. */
      until: z.object({ good: count, bad: count, ratio: z.number().nullable() }),
    }),
  ),
  /** Scans of the range that are not in the trend: the oldest. */
  trendOmitted: count,
  from: iso,
  to: iso,
  bucketMs: count,
  /** Golden path reliability on the same time axis; null = nothing was judged in that time. */
  reliability: z.array(z.object({ at: iso, good: count, bad: count, ratio: z.number().nullable() })),
  reliabilityTarget: z.number(),
  incidents: firstOf(z.object({ id: z.string(), rule: z.string(), severity: z.string(), firstSeenAt: iso })),
});
export type Consolidation = z.infer<typeof consolidation>;
