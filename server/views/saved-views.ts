/** Saved views: named pages, a bounded number of them, shared by everybody. */
import { randomUUID } from "node:crypto";
import { MAX_VIEWS, type NewView, type SavedView } from "@/contracts/views";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import { Prisma, type SavedView as Row } from "@/server/storage/generated/client";

/** Parameters that say how and where somebody looks, not what at. */
const PERSONAL = ["environment", "tz"];

export type ViewRefusal = "name_taken" | "too_many_views" | "not_found";
export type ViewResult = { ok: true; view: SavedView } | { ok: false; code: ViewRefusal };

/** Who does it, and when. */
export interface By {
  name: string;
  nowMs: number;
}

/** All of them, by name. */
export async function listViews({ prisma }: Database): Promise<SavedView[]> {
  const rows = await prisma.savedView.findMany({ take: MAX_VIEWS });
  return rows.map(viewOf).sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export async function createView({ prisma }: Database, { name, path, query }: NewView, by: By): Promise<ViewResult> {
  if ((await prisma.savedView.count()) >= MAX_VIEWS) return { ok: false, code: "too_many_views" };
  const at = new Date(by.nowMs);
  const shared = { name, path, query: withoutPersonal(query) };
  const who = { createdBy: by.name, createdAt: at, changedBy: by.name, changedAt: at };
  return refusable(() => prisma.savedView.create({ data: { id: randomUUID(), ...shared, ...who } }));
}

export async function renameView({ prisma }: Database, id: string, name: string, by: By): Promise<ViewResult> {
  const data = { name, changedBy: by.name, changedAt: new Date(by.nowMs) };
  return refusable(() => prisma.savedView.update({ where: { id }, data }));
}

export async function deleteView({ prisma }: Database, id: string): Promise<ViewResult> {
  return refusable(() => prisma.savedView.delete({ where: { id } }));
}

async function refusable(change: () => Promise<Row>): Promise<ViewResult> {
  try {
    return { ok: true, view: viewOf(await change()) };
  } catch (error) {
    const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : null;
    if (code === "P2002") return { ok: false, code: "name_taken" };
    if (code === "P2025") return { ok: false, code: "not_found" };
    throw error;
  }
}

function withoutPersonal(query: string): string {
  const parameters = new URLSearchParams(query);
  for (const name of PERSONAL) parameters.delete(name);
  return parameters.toString();
}

function viewOf({ createdAt, changedAt, ...row }: Row): SavedView {
  return { ...row, createdAt: iso(createdAt), changedAt: iso(changedAt) };
}
