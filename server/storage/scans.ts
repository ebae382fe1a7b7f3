/** Scans as they are stored: whole, and by concept for the trend. */
import { isDeepStrictEqual } from "node:util";
import type { Database } from "./database";
import type { Prisma } from "./generated/client";

/** Uses no table. */
const LOCK = (what: string) => [`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, what] as const;

/** Whoever applies the config of the same project at the same time waits for the transaction. */
export async function lockProject(tx: Prisma.TransactionClient, project: string): Promise<void> {
  await tx.$executeRawUnsafe(...LOCK(`campaigns of ${project}`));
}

/** Stores a scan under its id, unless the same is stored there already. Whoever stores it at the same time waits. */
export async function putScan(
  { prisma }: Database,
  scan: Prisma.ScanCreateInput,
): Promise<"created" | "unchanged" | "replaced"> {
  const { id, report } = scan;
  return prisma.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(...LOCK(`scan ${id}`));
    const stored = await tx.scan.findUnique({ where: { id }, select: { report: true } });
    if (stored && isDeepStrictEqual(stored.report, JSON.parse(JSON.stringify(report)))) return "unchanged";
    await tx.scan.deleteMany({ where: { id } });
    await tx.scan.create({ data: scan });
    return stored ? "replaced" : "created";
  });
}
