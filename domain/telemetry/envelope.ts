/**
 * Finds a telemetry event's fields, whether they lie flat, in `data` or in `payload`.
 *
 * - An item that has `id`, `time` and `stage` itself is complete: its `payload` is message content and stays untouched.
 *   `data` (no field of the contract) may still hold further fields: those that have the contract's type fill in what
 *   the item lacks, and `data` as a whole becomes the payload if there is none and more is in it.
 * - Otherwise the first of `data`, `payload` that is an object with one of the three that the item lacks is an envelope:
 *   its fields win, the item's own fill in what it lacks.
 *
 * camelCase wins over snake_case on the same level. `null` and empty strings count as absent.
 * Everything unknown is handed on as such.
 */
import { type FieldName, fieldOf, REQUIRED_FIELDS } from "./fields";
import { fitsField } from "./wire-schema";

type Fields = Partial<Record<FieldName, unknown>>;

export interface OpenedItem {
  fields: Fields;
  /** Top-level fields that the contract does not know. */
  unknown: [key: string, value: unknown][];
}

/** Opens one item. Never throws; what is missing afterwards is simply absent. */
export function openEnvelope(item: Record<string, unknown>): OpenedItem {
  const outer = split(item);
  const lacking = REQUIRED_FIELDS.filter((field) => outer.fields[field] === undefined);
  for (const name of ["data", "payload"]) {
    const envelope = item[name];
    if (!isRecord(envelope) || !lacking.some((field) => !isAbsent(envelope[field]))) continue;
    const inner = split(envelope);
    const { payload, ...own } = outer.fields;
    const content = name === "payload" || payload === undefined ? {} : { payload };
    const unknown = outer.unknown.filter(([key]) => key !== name);
    return { fields: { ...own, ...content, ...inner.fields }, unknown: [...inner.unknown, ...unknown] };
  }
  return isRecord(item.data) ? liftFields(outer, item.data) : outer;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function liftFields(outer: OpenedItem, data: Record<string, unknown>): OpenedItem {
  const inner = split(data);
  const lifted: Fields = {};
  let isContent = inner.unknown.length > 0;
  for (const field of Object.keys(inner.fields) as FieldName[]) {
    if (outer.fields[field] === undefined && fitsField(field, inner.fields[field])) lifted[field] = inner.fields[field];
    else isContent = true;
  }
  if (!isContent)
    return { fields: { ...lifted, ...outer.fields }, unknown: outer.unknown.filter(([key]) => key !== "data") };
  if (outer.fields.payload !== undefined) return { fields: { ...lifted, ...outer.fields }, unknown: outer.unknown };
  const unknown = outer.unknown.filter(([key]) => key !== "data");
  return { fields: { ...lifted, ...outer.fields, payload: data }, unknown };
}

function split(item: Record<string, unknown>): OpenedItem {
  const opened: OpenedItem = { fields: {}, unknown: [] };
  const aliased: [FieldName, string, unknown][] = [];
  for (const key of Object.keys(item)) {
    const value = item[key];
    if (isAbsent(value)) continue;
    const field = fieldOf(key);
    if (field === key) opened.fields[field] = value;
    else if (field) aliased.push([field, key, value]);
    else opened.unknown.push([key, value]);
  }
  for (const [field, key, value] of aliased) {
    if (opened.fields[field] === undefined) opened.fields[field] = value;
    else opened.unknown.push([key, value]);
  }
  return opened;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
