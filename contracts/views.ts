/** Saved views: pages with their filters under a name, shared by everybody in the installation. */
import { z } from "zod";
import { accessName } from "./access";

const iso = z.string();

/** Views of one installation; a list holds them all. */
export const MAX_VIEWS = 200;

/** Path of a page of ours: never another site, never a part of one. */
const pagePath = z
  .string()
  .max(512)
  .regex(/^\/(?![/\\])[^\s?#\\]*$/, "must be the path of a page");
const pageQuery = z
  .string()
  .max(2_048)
  .regex(/^[^\s?#]*$/, 'must be what stands behind the "?"');

/** Body of POST /api/v1/views. An environment in the query is left out: a view is opened in the one in view. */
export const newView = z.strictObject({ name: accessName, path: pagePath, query: pageQuery });
export type NewView = z.infer<typeof newView>;
/** Body of PATCH /api/v1/views/:id. */
export const viewChange = z.strictObject({ name: accessName });

export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  /** What stands behind the "?"; without an environment. */
  query: z.string(),
  createdBy: z.string(),
  createdAt: iso,
  changedBy: z.string(),
  changedAt: iso,
});
export type SavedView = z.infer<typeof savedView>;

export const viewList = z.object({
  items: z.array(savedView),
  /** Whether the caller may save, rename and delete. */
  mayChange: z.boolean(),
});
export type ViewList = z.infer<typeof viewList>;
