/** The read API as the pages use it: fetch, parse by the contract, and failures with a `code`. */
import type { z } from "zod";
import { errorBody } from "@/contracts/http";

export type Query = Record<string, string | number | null | undefined>;

/** A request that gave no usable answer. Codes are the server's, or `offline` and `unexpected_answer`. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number | null,
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
  const response = await request(`/api/v1/${path}${queryString(query)}`, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "the whole body";
  throw new ApiError("unexpected_answer", `The server's answer has an unknown shape at ${where}.`, response.status);
}

async function request(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: { accept: "application/json" }, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("offline", "Signalbox cannot be reached.", null);
  }
}

function refusal(status: number, body: unknown): ApiError {
  const parsed = errorBody.safeParse(body);
  if (parsed.success) return new ApiError(parsed.data.error.code, parsed.data.error.message, status);
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
