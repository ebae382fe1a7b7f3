/** Scans: listed, in detail, part by part, and two against each other. */
import type {
  ScanDetail,
  ScanDifference,
  ScanFile,
  ScanList,
  ScanPart,
  ScanPartPage,
  ScanRow,
} from "@/contracts/consolidation";
import { compareScans } from "@/domain/consolidation/compare-scans";
import { type ConceptReport, ROLES, type ScannedSymbol, type ScanReport } from "@/domain/consolidation/types";
import { writeCursor } from "@/server/queries/cursor";
import { firstOf } from "@/server/queries/first-of";
import { cutPage } from "@/server/queries/page";
import type { Database } from "@/server/storage/database";
import { readFileInScan } from "@/server/storage/scan-files";
import { ROW, type StoredRow, scanRow } from "./scan-rows";

const MAX_NOT_ANALYSED = 500;
const MAX_DIFFERENCES = 200;
const MAX_BESIDE = 100;
const NEWEST_FIRST = [{ committedAt: "desc" }, { id: "desc" }] as const;

export interface ScansQuery {
  after: { committedAt: string; id: string } | null;
  limit: number;
}

/** Scans, newest commit first. */
export async function listScans({ prisma }: Database, { after, limit }: ScansQuery): Promise<ScanList> {
  const rows = await prisma.scan.findMany({
    select: ROW,
    orderBy: [...NEWEST_FIRST],
    take: limit + 1,
    ...(after && {
      where: {
        OR: [
          { committedAt: { lt: new Date(after.committedAt) } },
          { committedAt: new Date(after.committedAt), id: { lt: after.id } },
        ],
      },
    }),
  });
  const { items, more } = cutPage(rows.map(scanRow), limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ committedAt: last.committedAt, id: last.id }) : null };
}

/** One scan; null where there is none with this id. */
export async function scanDetail({ prisma }: Database, id: string): Promise<ScanDetail | null> {
  const stored = await prisma.scan.findUnique({ where: { id }, select: { ...ROW, report: true } });
  if (!stored) return null;
  const { report, ...row } = stored;
  const { notAnalysed, concepts } = report as unknown as ScanReport;
  return {
    ...scanRow(row),
    notAnalysedFiles: firstOf(notAnalysed, MAX_NOT_ANALYSED),
    parts: concepts.map((concept) => ({
      concept: concept.id,
      roles: ROLES.flatMap((role) => {
        const symbols = concept.symbols.filter((symbol) => symbol.role === role).length;
        return symbols === 0 ? [] : [{ role, symbols }];
      }),
      canonicalImporters: concept.importers.canonical.length,
      legacyImporters: concept.importers.legacy.length,
      drift: concept.drift.length,
      handlerConflicts: concept.handlerConflicts.length,
      missingModules: concept.missingModules.length,
    })),
  };
}

export interface PartQuery {
  id: string;
  concept: string;
  part: ScanPart;
  role: string | null;
  /** How many come before the page. */
  skip: number;
  limit: number;
}

/** A page of one part of one concept; null where scan or concept are not there. */
export async function scanPartPage(db: Database, query: PartQuery): Promise<ScanPartPage | null> {
  const concept = (await reportOf(db, query.id))?.concepts.find(({ id }) => id === query.concept);
  if (!concept) return null;
  const { part } = query;
  switch (part) {
    case "symbols":
      return { part, ...pageOf(symbolsOf(concept, query.role), query) };
    case "canonical_importers":
      return { part, ...pageOf(concept.importers.canonical, query) };
    case "legacy_importers":
      return { part, ...pageOf(concept.importers.legacy, query) };
    case "drift":
      return { part, ...pageOf(concept.drift, query) };
    case "handler_conflicts":
      return { part, ...pageOf(concept.handlerConflicts, query) };
    case "missing_modules":
      return { part, ...pageOf(concept.missingModules, query) };
  }
}

/** In the order of the roles: implementations first. */
function symbolsOf({ symbols }: ConceptReport, role: string | null): ScannedSymbol[] {
  const place = ({ role: of }: ScannedSymbol) => ROLES.indexOf(of);
  return symbols
    .filter((symbol) => role === null || symbol.role === role)
    .sort((a, b) => place(a) - place(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

function pageOf<T>(all: readonly T[], { skip, limit }: PartQuery): { items: T[]; nextCursor: string | null } {
  const { items, more } = cutPage(all.slice(skip, skip + limit + 1), limit);
  return { items, nextCursor: more ? writeCursor({ skip: skip + items.length }) : null };
}

async function reportOf({ prisma }: Database, id: string): Promise<ScanReport | null> {
  const stored = await prisma.scan.findUnique({ where: { id }, select: { report: true } });
  return stored && (stored.report as unknown as ScanReport);
}

/** Whether a scan's checkout has a file; null where there is no such scan. */
export async function scanFile(db: Database, id: string, file: string): Promise<ScanFile | null> {
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const [row, found] = await Promise.all([
    db.prisma.scan.findUnique({ where: { id }, select: ROW }),
    readFileInScan(db, { id, file, folder, limit: MAX_BESIDE }),
  ]);
  if (!row || !found) return null;
  const { files, there, beside, total } = found;
  return {
    ...{ scan: nameOf(scanRow(row)), file, there, files, folder: folder.slice(0, -1) },
    beside: { items: beside, omitted: total - beside.length },
  };
}

/**
 * What came and went from one scan to another; without `against` from the one before it by the time of its commit.
 * Null where one of them is not there.
 */
export async function scanDifference(db: Database, id: string, against: string | null): Promise<ScanDifference | null> {
  const after = await db.prisma.scan.findUnique({ where: { id }, select: ROW });
  if (!after) return null;
  const before = await beforeOf(db, after, against);
  if (against !== null && !before) return null;
  const [old, fresh] = await Promise.all([before ? reportOf(db, before.id) : null, reportOf(db, id)]);
  return {
    before: before && nameOf(scanRow(before)),
    after: nameOf(scanRow(after)),
    concepts: compareScans(old?.concepts ?? [], fresh?.concepts ?? []).map(
      ({ came, went, changed, moved, legacyImporters, ...concept }) => ({
        ...concept,
        came: firstOf(came, MAX_DIFFERENCES),
        went: firstOf(went, MAX_DIFFERENCES),
        changed: firstOf(changed, MAX_DIFFERENCES),
        moved: firstOf(moved, MAX_DIFFERENCES),
        legacyImporters: {
          came: firstOf(legacyImporters.came, MAX_DIFFERENCES),
          went: firstOf(legacyImporters.went, MAX_DIFFERENCES),
        },
      }),
    ),
  };
}

function beforeOf({ prisma }: Database, after: StoredRow, against: string | null): Promise<StoredRow | null> {
  if (against !== null) return prisma.scan.findUnique({ where: { id: against }, select: ROW });
  const { committedAt, id } = after;
  return prisma.scan.findFirst({
    select: ROW,
    orderBy: [...NEWEST_FIRST],
    where: { OR: [{ committedAt: { lt: committedAt } }, { committedAt, id: { lt: id } }] },
  });
}

const nameOf = ({ id, commit, committedAt }: ScanRow) => ({ id, commit, committedAt });
