/** The one place that reads the environment. All problems are reported in one message. */
import { resolve } from "node:path";
import { z } from "zod";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { type PolicyOverrides, policyOverrides, withOverrides } from "@/domain/journeys/policy-values";
import type { Policy } from "@/domain/journeys/types";
import { isAddressRange } from "./access/visitor-address";

const sourceConfig = z.object({
  id: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_.-]+$/, "only letters, digits, '_', '.' and '-'"),
  url: z.url({ protocol: /^(https?|wss?)$/ }),
  token: z.string().default(""),
  environment: z.string().min(1).max(256).default("default"),
});
export type SourceConfig = z.infer<typeof sourceConfig>;

function json<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.addIssue({ code: "custom", message: `is not JSON: ${error instanceof Error ? error.message : "?"}` });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** "20GB", "500 MB", "1.5TB" or a number of bytes. */
const byteSize = z.string().transform((text, context) => {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?\s*$/i.exec(text);
  if (!match) {
    context.addIssue({ code: "custom", message: "must be a size such as 20GB" });
    return z.NEVER;
  }
  return Math.round(Number(match[1]) * 1024 ** ["", "K", "M", "G", "T"].indexOf((match[2] ?? "").toUpperCase()));
});

const list = z.string().transform((text) => text.split(",").flatMap((part) => part.trim() || []));

const environment = z.object({
  NODE_ENV: z.string().default("production"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  SIGNALBOX_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SIGNALBOX_DATA_DIR: z.string().min(1).default(".signalbox"),
  SIGNALBOX_ADMIN_KEY: z.string().min(16, "must have at least 16 characters").optional(),
  SIGNALBOX_TRUSTED_PROXIES: list
    .refine((ranges) => ranges.every(isAddressRange), "must be addresses or ranges such as 10.0.0.0/8")
    .default([]),
  SIGNALBOX_SOURCES: json(z.array(sourceConfig))
    .refine((sources) => new Set(sources.map((source) => source.id)).size === sources.length, "names one id twice")
    .default([]),
  SIGNALBOX_MAX_DISK: byteSize.optional(),
  SIGNALBOX_RETENTION_DAYS: z.coerce.number().min(1).max(400).optional(),
  SIGNALBOX_POLICY: json(policyOverrides).default({}),
  SIGNALBOX_ALLOWED_FIELDS: list.default([]),
  SIGNALBOX_CHANNEL_KEY: z.string().min(16, "must have at least 16 characters").optional(),
  SIGNALBOX_KEY: z.string().min(1).optional(),
  SIGNALBOX_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

/** Names of all settings; `.env.example` is tested against it. */
export const SETTING_NAMES = Object.keys(environment.shape).filter((name) => name !== "NODE_ENV");

export interface Config {
  development: boolean;
  port: number;
  host: string;
  /** Public address; null = http://<host>:<port actually bound>. */
  publicUrl: string | null;
  databaseUrl: string | null;
  dataDir: string;
  adminKey: string | null;
  /** What `signalbox scan --upload` shows to another Signalbox; the app itself does not use it. */
  uploadKey: string | null;
  /** Addresses and ranges of proxies in front, whose X-Forwarded-For names the visitor. */
  trustedProxies: string[];
  sources: SourceConfig[];
  /** Limits that hold whatever is saved while the app runs; null = none is set. */
  maxDiskBytes: number | null;
  retentionDays: number | null;
  /** The policy of every environment that has none of its own. */
  policy: Policy;
  /** The part of it that SIGNALBOX_POLICY sets. */
  policyOverrides: PolicyOverrides;
  /** Field names whose plain values survive redaction, beside the built-in ones. */
  allowedFields: string[];
  /** Seals addresses and secrets of alert channels; null = the installation's own secret, which lies in the database. */
  channelKey: string | null;
  logLevel: string;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

/** Parses settings; empty strings count as absent. Every problem is named in one message. */
export function parseConfig(env: Record<string, string | undefined>): ConfigResult {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    return { ok: false, message: `Settings that cannot be used:\n${problems.join("\n")}` };
  }
  const values = parsed.data;
  return {
    ok: true,
    config: {
      development: values.NODE_ENV === "development",
      port: values.PORT,
      host: values.HOST,
      publicUrl: values.SIGNALBOX_URL?.replace(/\/+$/, "") ?? null,
      databaseUrl: values.DATABASE_URL ?? null,
      dataDir: resolve(values.SIGNALBOX_DATA_DIR),
      adminKey: values.SIGNALBOX_ADMIN_KEY ?? null,
      uploadKey: values.SIGNALBOX_KEY ?? null,
      trustedProxies: values.SIGNALBOX_TRUSTED_PROXIES,
      sources: values.SIGNALBOX_SOURCES,
      maxDiskBytes: values.SIGNALBOX_MAX_DISK ?? null,
      retentionDays: values.SIGNALBOX_RETENTION_DAYS ?? null,
      policy: withOverrides(DEFAULT_POLICY, values.SIGNALBOX_POLICY),
      policyOverrides: values.SIGNALBOX_POLICY,
      allowedFields: values.SIGNALBOX_ALLOWED_FIELDS,
      channelKey: values.SIGNALBOX_CHANNEL_KEY ?? null,
      logLevel: values.SIGNALBOX_LOG_LEVEL,
    },
  };
}

/** The settings of this process. */
export function readConfig(): ConfigResult {
  return parseConfig(process.env);
}
