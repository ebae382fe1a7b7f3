/** What a search by id finds, wherever in time it is. */
import { z } from "zod";
import { severity } from "./journey-parts";
import { journeyStatus } from "./terms";

const iso = z.string();

const common = {
  id: z.string(),
  environment: z.string(),
  /** Whether the id is what was searched for, not only its beginning. */
  exact: z.boolean(),
  /** When it was last seen, or when it began. */
  at: iso.nullable(),
};
/** The journey that the id leads to; null where it belongs to none. */
const journey = {
  journeyId: z.string().nullable(),
  journeyKey: z.string().nullable(),
  status: journeyStatus.nullable(),
  owner: z.string().nullable(),
};

export const searchHit = z.discriminatedUnion("kind", [
  /** `status` is that of the user's newest journey. */
  z.object({ kind: z.literal("user"), ...common, connected: z.boolean(), status: journeyStatus.nullable() }),
  z.object({ kind: z.literal("run"), ...common, ...journey }),
  z.object({
    kind: z.literal("message"),
    ...common,
    ...journey,
    type: z.string().nullable(),
    /** Who was on the connection that it was read from or written to. */
    userId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("connection"),
    ...common,
    instance: z.string(),
    /** Who authenticated on it; null where nobody did, or where it was never seen to open. */
    userId: z.string().nullable(),
    state: z.enum(["open", "closed", "never_seen_open"]),
    openedAt: iso.nullable(),
    closedAt: iso.nullable(),
  }),
  /** `status` and `owner` are those of the journey that its newest message opened. */
  z.object({ kind: z.literal("thread"), ...common, ...journey }),
  z.object({
    kind: z.literal("incident"),
    ...common,
    rule: z.string(),
    severity,
    status: z.string(),
    router: z.string().nullable(),
  }),
]);
export type SearchHit = z.infer<typeof searchHit>;
export type SearchKind = SearchHit["kind"];

export const SEARCH_KINDS = [
  "user",
  "run",
  "message",
  "connection",
  "thread",
  "incident",
] as const satisfies SearchKind[];

export const searchAnswer = z.object({
  q: z.string(),
  /** By kind in the order of {@link SEARCH_KINDS}, in each the exact ids first, then the newest. */
  items: z.array(searchHit),
  /** Kinds of which more was found than is listed. */
  more: z.array(z.enum(SEARCH_KINDS)),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
