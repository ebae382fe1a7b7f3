/** The text of a telemetry request → its items. */
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

function fromLines(text: string): unknown[] {
  const items: unknown[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = parse(line);
    items.push(
      parsed.ok ? parsed.value : new UnreadableItem(`line ${index + 1}, column ${parsed.offset + 1}: not JSON`),
    );
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
