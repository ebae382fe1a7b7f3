/** The text of a telemetry request → its items. */
import { MAX_ITEMS } from "./create-ingest";
import { jsonErrorOffset, placeOf } from "./json-error-position";
import { UnreadableItem } from "./unreadable-item";

export type BodyFormat = "json" | "ndjson";
export type ParsedBody =
  | { ok: true; items: unknown[]; sentAt: unknown }
  | { ok: false; code: "invalid_json" | "invalid_body"; message: string };

/**
 * JSON: one event, an array of events, or `{ events: [...], sentAt? }`. NDJSON: one event a line; empty lines are skipped,
 * and a line that is no JSON becomes an item that will be rejected under its index.
 */
export function parseBody(body: Buffer, format: BodyFormat): ParsedBody {
  const text = body.toString("utf8").replace(/^\uFEFF/, "");
  return format === "json" ? fromJson(text) : { ok: true, items: fromLines(text), sentAt: undefined };
}

function fromJson(text: string): ParsedBody {
  const parsed = parse(text);
  if (!parsed.ok) {
    return { ok: false, code: "invalid_json", message: `the body is not JSON: unexpected at ${parsed.place}` };
  }
  const { value } = parsed;
  if (Array.isArray(value)) return { ok: true, items: value, sentAt: undefined };
  if (typeof value !== "object" || value === null) {
    return {
      ok: false,
      code: "invalid_body",
      message: "the body must be an event, an array of events, or { events: [...] }",
    };
  }
  if ("events" in value && Array.isArray(value.events) && !("stage" in value)) {
    return { ok: true, items: value.events, sentAt: "sentAt" in value ? value.sentAt : undefined };
  }
  return { ok: true, items: [value], sentAt: undefined };
}

/** Line by line, and no further than it takes to know that there are too many. */
function fromLines(text: string): unknown[] {
  const items: unknown[] = [];
  let from = 0;
  for (let number = 1; from <= text.length && items.length <= MAX_ITEMS; number++) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 ? text.length : newline;
    const line = text.slice(from, to);
    from = to + 1;
    if (line.trim() === "") continue;
    const parsed = parse(line);
    items.push(parsed.ok ? parsed.value : new UnreadableItem(`line ${number}, column ${parsed.offset + 1}: not JSON`));
  }
  return items;
}

type Parsed = { ok: true; value: unknown } | { ok: false; place: string; offset: number };

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const offset = jsonErrorOffset(text);
    return { ok: false, place: placeOf(text, offset), offset };
  }
}
