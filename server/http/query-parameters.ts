/** What may stand behind the "?" of each route. A wrong value and an unknown name are refused by name. */
import { z } from "zod";
import { ApiError } from "./api-error";

const MAX_ID_BYTES = 1024;
const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_RANGE_MS = 400 * 86_400_000;
const HOUR_MS = 3_600_000;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const idText = z.string().min(1).max(MAX_ID_BYTES);
/** Several values: repeated, or separated by commas. */
export const idList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(",").flatMap((item) => item.trim() || [])))
  .pipe(z.array(idText).min(1).max(50));
const time = z
  .string()
  .max(64)
  .transform((text, context) => {
    const timeMs = Date.parse(text);
    if (timeMs >= 0 && timeMs <= LAST_MS) return timeMs;
    context.addIssue({ code: "custom", message: "is not an ISO 8601 time between 1970 and 9999" });
    return z.NEVER;
  });
const window = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, "must be a length of time such as 15m, 1h or 7d")
  .transform((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? HOUR_MS))
  .refine((windowMs) => windowMs > 0 && windowMs <= MAX_RANGE_MS, "must be between 1s and 400d");

export const environmentParameter = { environment: z.string().min(1).max(256).optional() };
export const rangeParameters = { from: time.optional(), to: time.optional(), window: window.optional() };
export const pageParameters = (maxLimit: number, defaultLimit: number) => ({
  cursor: z.string().max(8_192).optional(),
  limit: z.coerce.number().int().min(1).max(maxLimit).default(defaultLimit),
});

/** Parses a route's parameters. Throws `bad_query` that names each wrong field. */
export function parseQuery<T extends z.ZodRawShape>(schema: z.ZodObject<T>, query: unknown): z.infer<z.ZodObject<T>> {
  // `?status=` asks for nothing in particular, like no `status` at all.
  const given = Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ""));
  const known = schema.safeParse(given);
  const unknown = Object.keys(query ?? {}).filter((name) => !Object.hasOwn(schema.shape, name));
  if (known.success && unknown.length === 0) return known.data;
  const details = [
    // The parameter itself, not which of its values.
    ...(known.error?.issues ?? []).map(({ path, message }) => ({ field: String(path[0] ?? ""), message })),
    ...unknown.map((field) => ({ field, message: "is no parameter of this address" })),
  ];
  const first = details[0];
  throw new ApiError("bad_query", `${first?.field ?? "query"}: ${first?.message ?? "cannot be used"}`, details);
}

/** Of an address that takes none. Throws `bad_query` that names each one given. */
export const noParameters = z.object({});

/** Parses a JSON body. Throws `bad_request` that names each wrong field. */
export function parseRequestBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.flatMap(wrongFields);
  const first = details[0];
  throw new ApiError("bad_request", `${first?.field || "body"}: ${first?.message ?? "cannot be used"}`, details);
}

/** What is wrong with which field; each unknown one by its own name. */
function wrongFields(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  if (issue.code !== "unrecognized_keys") return [{ field: issue.path.join("."), message: issue.message }];
  return issue.keys.map((key) => ({ field: [...issue.path, key].join("."), message: "is no field of this body" }));
}

/** The stretch of time asked for; without any, the hour that ends now. Throws `bad_query` for an empty one. */
export function boundedRange(
  query: { from?: number | undefined; to?: number | undefined; window?: number | undefined },
  nowMs: number,
): { fromMs: number; toMs: number } {
  const toMs = query.to ?? (query.from !== undefined && query.window ? query.from + query.window : nowMs);
  const fromMs = query.from ?? toMs - (query.window ?? HOUR_MS);
  if (fromMs >= toMs) throw wrong("from", "must be before `to`");
  if (toMs - fromMs > MAX_RANGE_MS) throw wrong("from", "must be at most 400 days before `to`");
  return { fromMs, toMs };
}

/** As {@link boundedRange}, but what is not asked for is not bounded: lists are bounded by their pages. */
export function openRange(
  query: { from?: number | undefined; to?: number | undefined; window?: number | undefined },
  nowMs: number,
): { from: Date | null; to: Date | null } {
  if (query.window !== undefined && query.from === undefined) {
    const { fromMs, toMs } = boundedRange(query, nowMs);
    return { from: new Date(fromMs), to: query.to === undefined ? null : new Date(toMs) };
  }
  if (query.from !== undefined && query.to !== undefined && query.from >= query.to) {
    throw wrong("from", "must be before `to`");
  }
  return {
    from: query.from === undefined ? null : new Date(query.from),
    to: query.to === undefined ? null : new Date(query.to),
  };
}

function wrong(field: string, message: string): ApiError {
  return new ApiError("bad_query", `${field}: ${message}`, [{ field, message }]);
}

/** Decodes a cursor with `read`. Throws `bad_query` for one that this list did not make. */
export function parseCursor<T>(cursor: string | undefined, read: (cursor: string) => T | null): T | null {
  if (cursor === undefined) return null;
  const position = read(cursor);
  if (position === null) throw wrong("cursor", "is none that this list gave");
  return position;
}
