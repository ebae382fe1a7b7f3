/** Expected refusals at the HTTP edge, and the one table that says which status each code has. */

const STATUS = {
  bad_query: 400,
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  environment_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  changed_meanwhile: 409,
  wrong_state: 409,
  name_taken: 409,
  too_many_views: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  host_not_allowed: 421,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ApiErrorCode = keyof typeof STATUS;

/** A refusal with a stable code; its message may be shown to anybody. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
  get status(): number {
    return STATUS[this.code];
  }
}

/** The refusal that stands for whatever was thrown. Unknown errors show nothing of themselves. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const status = statusOf(thrown);
  if (status === 413) return new ApiError("payload_too_large", "The body is larger than this route takes.");
  if (status === 415) return new ApiError("unsupported_media_type", "This content type is not understood here.");
  if (status === 429) return new ApiError("too_many_requests", "Too many requests; try again in a minute.");
  if (status !== null && status >= 400 && status < 500) return new ApiError("bad_request", "The request is malformed.");
  if (sqlState(thrown)?.startsWith("22")) return new ApiError("bad_query", "A value given cannot be looked for.");
  if (isConnectionFailure(thrown)) return new ApiError("unavailable", "The database cannot be reached right now.");
  return new ApiError("internal", "Something went wrong here. The server's log has the details.");
}

function statusOf(thrown: unknown): number | null {
  if (typeof thrown !== "object" || thrown === null || !("statusCode" in thrown)) return null;
  return typeof thrown.statusCode === "number" ? thrown.statusCode : null;
}

/** PostgreSQL's five characters, if the database refused; class 22 = a value that no column can hold. */
function sqlState(thrown: unknown): string | null {
  const code = codeOf(thrown);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** SQLSTATE classes 08, 53 and 57, and the driver's own network errors. */
function isConnectionFailure(thrown: unknown): boolean {
  return /^(08...|53...|57P..|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/.test(codeOf(thrown) ?? "");
}

function codeOf(thrown: unknown): string | null {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : null;
}
