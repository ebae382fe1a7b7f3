/** The API as the pages use it: fetch, parse by the contract, and failures with a `code`. */
import { z } from "zod";
import { errorBody } from "@/contracts/http";

export type Query = Record<string, string | number | null | undefined>;

const wrongField = z.object({ field: z.string(), message: z.string() });
export type WrongField = z.infer<typeof wrongField>;

/** A request that gave no usable answer. Codes are the server's, or `offline` and `unexpected_answer`. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number | null,
    /** Wrong values of what was sent, by name. */
    readonly fields: readonly WrongField[] = [],
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/**
 * Fetches and parses one answer.
 * @throws ApiError for every failure but an abort.
 */
export async function apiGet<T>(path: string, query: Query, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const headers = { accept: "application/json" };
  return parsed(await request(`/api/v1/${path}${queryString(query)}`, { headers, signal: signal ?? null }), schema);
}

/**
 * Sends a change and parses its answer.
 * @throws ApiError for every failure
 */
export async function apiSend<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  { query = {}, body }: { query?: Query; body?: unknown },
  schema: z.ZodType<T>,
): Promise<T> {
  const headers = {
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const sent = body === undefined ? null : JSON.stringify(body);
  return parsed(await request(`/api/v1/${path}${queryString(query)}`, { method, headers, body: sent }), schema);
}

async function parsed<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, body);
  const answer = schema.safeParse(body);
  if (answer.success) return answer.data;
  const where = answer.error.issues[0]?.path.join(".") || "the whole body";
  throw new ApiError("unexpected_answer", `The server's answer has an unknown shape at ${where}.`, response.status);
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError("offline", "Signalbox cannot be reached.", null);
  }
}

function refusal(status: number, body: unknown): ApiError {
  const known = errorBody.safeParse(body);
  if (known.success) {
    const { code, message, details } = known.data.error;
    return new ApiError(code, message, status, z.array(wrongField).safeParse(details).data ?? []);
  }
  return new ApiError(`http_${status}`, "The server refused without a reason.", status);
}

/** "?a=1&b=2" of the values that are present. */
export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}
