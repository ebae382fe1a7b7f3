import type { TelemetryEventView } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type ExportPosition, type ExportQuery, readExportPage } from "@/server/storage/reading/export-events";
import { eventView } from "./event-view";

const PAGE = 1_000;

/**
 * Every event that matches, environment by environment, in the order of ids. Each page is a read of its own, made when
 * the one before was taken, so a slow reader holds neither a transaction nor memory.
 */
export async function* exportEvents(
  db: Database,
  environments: string[],
  query: Omit<ExportQuery, "environment">,
): AsyncGenerator<TelemetryEventView> {
  for (const environment of environments) {
    let after: ExportPosition | null = null;
    do {
      const rows = await readExportPage(db, { ...query, environment }, after, PAGE);
      for (const row of rows) yield eventView(row);
      const last = rows.length === PAGE ? rows.at(-1) : undefined;
      after = last ? { id: last.id, at: last.at } : null;
    } while (after);
  }
}
