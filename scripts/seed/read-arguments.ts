/** The command line of `npm run seed`. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { readConfig } from "@/server/config";
import type { DaysOptions } from "@/synthetic/days/types";

export const USAGE = `npm run seed -- [options]

Sends made-up but likely telemetry of several days to a running app, over its public API.

  --events N           how many events, 1,000 or more (default 100000)
  --seed N             another number gives other data (default 7)
  --days N             how far it reaches back, up to the app's retention (default 7)
  --end TIME           its last moment, ISO 8601 (default now); with the same end the same events
  --environment NAME   where it goes (default "seeded")
  --url URL            the app (default SIGNALBOX_URL, else this machine at PORT)
  --key KEY            a key that may send and read (default SIGNALBOX_ADMIN_KEY)
  --print              writes the events to standard output as NDJSON and sends nothing`;

const shape = z.object({
  events: z.coerce.number().int().min(1_000).max(100_000_000).default(100_000),
  seed: z.coerce.number().int().min(0).max(1_000_000_000).default(7),
  days: z.coerce.number().min(1).max(400).default(7),
  end: z.iso.datetime({ offset: true }).optional(),
  environment: z.string().min(1).max(256).default("seeded"),
  url: z.url({ protocol: /^https?$/ }).optional(),
  key: z.string().min(1).optional(),
  print: z.boolean().default(false),
});

export type Arguments =
  | { kind: "help" }
  | { kind: "wrong"; message: string }
  | { kind: "print"; days: DaysOptions }
  | { kind: "send"; days: DaysOptions; url: string; key: string };

export function readArguments(args: string[], nowMs: number): Arguments {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const names = { events: text, seed: text, days: text, end: text, environment: text, url: text, key: text };
  let given: Record<string, unknown>;
  try {
    given = parseArgs({ args, options: { ...names, print: flag, help: flag } }).values;
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message : String(error) };
  }
  if (given.help) return { kind: "help" };
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: "wrong", message: `--${issue?.path.join(".")}: ${issue?.message}` };
  }
  const { events, seed, days, end, environment, url, key, print } = parsed.data;
  const options = { events, seed, days, environment, endMs: end === undefined ? nowMs : Date.parse(end) };
  if (print) return { kind: "print", days: options };
  const read = readConfig();
  if (!read.ok) return { kind: "wrong", message: read.message };
  const { publicUrl, port, adminKey } = read.config;
  const knownKey = key ?? adminKey;
  if (knownKey === null) {
    return {
      kind: "wrong",
      message: "No key: give --key, or set SIGNALBOX_ADMIN_KEY for the app and for this command.",
    };
  }
  return {
    kind: "send",
    days: options,
    url: (url ?? publicUrl ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ""),
    key: knownKey,
  };
}
