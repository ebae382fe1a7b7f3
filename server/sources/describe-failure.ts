const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** What may be shown and logged of a failure: its code or a plain word, never text that somebody else wrote. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  for (const candidate of [codeOf(error), codeOf(dataOf(error)), codeOf(causeOf(error)), error.message]) {
    if (typeof candidate === "string" && CODE.test(candidate)) return candidate;
  }
  if (error.message === "websocket error" || error.message === "xhr poll error") return "cannot be reached";
  return error.message === "timeout" ? "timeout" : error.name;
}

function codeOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "code" in value ? value.code : undefined;
}

function dataOf(error: Error): unknown {
  return "data" in error ? error.data : undefined;
}

/** The error below, as engine.io hangs it on a transport's error. */
function causeOf(error: Error): unknown {
  const below = "description" in error ? error.description : error.cause;
  return typeof below === "object" && below !== null && "error" in below ? below.error : below;
}
