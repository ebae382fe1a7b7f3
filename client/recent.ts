/** What was opened last in this browser: pages of one journey, user or incident. */
import { z } from "zod";
import { createStored } from "./stored";

const visit = z.object({
  kind: z.enum(["journey", "user", "incident"]),
  id: z.string(),
  environment: z.string().nullable(),
});
export type Visit = z.infer<typeof visit>;

export const MAX_VISITS = 12;

/** Last opened first. */
export const keptVisits = createStored("recent", z.array(visit).max(MAX_VISITS), []);

const PLACES: Record<string, Visit["kind"]> = { journeys: "journey", users: "user", incidents: "incident" };

/** What an address opens; null for lists and other pages. */
export function visitOf(pathname: string, environment: string | null): Visit | null {
  const [, place = "", id = "", beyond] = pathname.split("/");
  const kind = PLACES[place];
  if (!kind || id === "" || beyond !== undefined) return null;
  try {
    return { kind, id: decodeURIComponent(id), environment };
  } catch {
    return null;
  }
}

/** The list with this visit in front, each thing once. */
export function withVisit(visits: Visit[], latest: Visit): Visit[] {
  const others = visits.filter(
    ({ kind, id, environment }) =>
      kind !== latest.kind || id !== latest.id || (environment ?? latest.environment) !== latest.environment,
  );
  return [latest, ...others].slice(0, MAX_VISITS);
}

/** Path of the page that shows it. */
export function pathOf(kind: Visit["kind"], id: string): string {
  return `/${kind}s/${encodeURIComponent(id)}`;
}
