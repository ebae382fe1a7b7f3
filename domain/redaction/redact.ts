/**
 * Takes content out of what is stored: of every string only its length and a keyed fingerprint stay, so that equal
 * contents can still be seen to be equal. Numbers, booleans and structure stay.
 */
import type { Json } from "../telemetry/event";
import { wellFormed } from "../telemetry/text";
import type { AllowList } from "./allow-list";

/** Values of allow-listed names stay if they look like a token; a sentence never does. */
const TOKEN = /^[A-Za-z0-9_.:-]{1,64}$/;
const ARRAY_INDEX = /^\d{1,4}$/;

/** Keyed hash of a text as short hex; the key is the installation's secret. */
export type Fingerprint = (text: string) => string;

export interface Redactor {
  /** `redacted:<length in characters>:<fingerprint>`; a token of an allow-listed `name` stays. */
  text(text: string, name: string | null): string;
  /** The key itself where it is allow-listed; dotted keys part by part. */
  key(key: string): string;
  /** `value` must not be nested too deep to recurse into. Elements of an array stand under the array's name. */
  json(value: unknown, name: string | null): Json;
}

export function createRedactor(allowed: AllowList, fingerprint: Fingerprint): Redactor {
  const replace = (text: string) => `redacted:${text.length}:${fingerprint(wellFormed(text))}`;

  const text = (content: string, name: string | null) =>
    name !== null && allowed.values.has(name) && TOKEN.test(content) ? content : replace(content);

  const keyPart = (part: string) => (allowed.keys.has(part) || ARRAY_INDEX.test(part) ? part : replace(part));
  const key = (whole: string) => (allowed.keys.has(whole) ? whole : whole.split(".").map(keyPart).join("."));

  const json = (value: unknown, name: string | null): Json => {
    if (typeof value === "string") return text(value, name);
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    if (typeof value === "boolean") return value;
    if (Array.isArray(value)) return value.map((element) => json(element, name));
    if (typeof value !== "object" || value === null) return null;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [key(name), json(child, lastPart(name))]));
  };

  return { text, key, json };
}

/** The name that decides about a value: of a dotted key the last part that is not an array index. */
function lastPart(key: string): string {
  const parts = key.split(".");
  return parts.findLast((part) => !ARRAY_INDEX.test(part)) ?? key;
}
