/** Why an item was not taken. Messages name the field, and never repeat what was in it. */
import type { z } from "zod";
import type { Redactor } from "../redaction/redact";
import type { FieldName } from "./fields";
import { isCleanName, utf8Bytes } from "./text";

export type RejectionCode =
  | "invalid_item"
  | "invalid_json"
  | "invalid_stage"
  | "missing_field"
  | "invalid_field"
  | "too_long"
  | "too_deep"
  | "payload_too_large"
  | "too_many_attributes"
  | "attributes_too_large"
  | "time_out_of_range"
  | "environment_not_allowed"
  | "not_storable";

export interface Rejection {
  /** The item's id where it has a usable one. */
  id: string | null;
  code: RejectionCode;
  message: string;
}

export function reject(id: unknown, code: RejectionCode, message: string): { ok: false; rejection: Rejection } {
  return { ok: false, rejection: { id: usableId(id), code, message } };
}

/** The rejection for the first thing that a parse found wrong. */
export function rejectionOf(error: z.ZodError, fields: Partial<Record<FieldName, unknown>>, redactor: Redactor) {
  const issue = error.issues[0];
  const [field, ...inside] = issue?.path.map(String) ?? [];
  if (!issue || field === undefined) return reject(fields.id, "invalid_item", "not a telemetry event");
  const path = [field, ...inside.map((key) => redactor.key(key))].join(".");
  if (fields[field as FieldName] === undefined) return reject(fields.id, "missing_field", `${path}: required`);
  const message = inside.length > 0 ? "must be a string, a number, a boolean or null" : issue.message;
  return reject(fields.id, codeOf(issue, field), `${path}: ${message}`);
}

function codeOf(issue: z.core.$ZodIssue, field: string): RejectionCode {
  if (field === "stage") return "invalid_stage";
  return issue.code === "custom" && issue.params?.code === "too_long" ? "too_long" : "invalid_field";
}

function usableId(id: unknown): string | null {
  return typeof id === "string" && id !== "" && utf8Bytes(id) <= 256 && isCleanName(id) ? id : null;
}
