import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig, SETTING_NAMES } from "./config";

function config(env: Record<string, string>) {
  const result = parseConfig(env);
  if (!result.ok) throw new Error(result.message);
  return result.config;
}

describe("parseConfig", () => {
  it("needs nothing: every setting has a default", () => {
    expect(config({})).toMatchObject({ port: 3000, host: "127.0.0.1", databaseUrl: null, sources: [] });
  });

  it("names every problem in one message", () => {
    const result = parseConfig({
      PORT: "x",
      SIGNALBOX_ADMIN_KEY: "short",
      SIGNALBOX_SOURCES: "{",
      SIGNALBOX_MAX_DISK: "lots",
    });
    expect(result.ok).toBe(false);
    const message = result.ok ? "" : result.message;
    for (const name of ["PORT", "SIGNALBOX_ADMIN_KEY", "SIGNALBOX_SOURCES", "SIGNALBOX_MAX_DISK"]) {
      expect(message).toContain(name);
    }
  });

  it.each([
    ["20GB", 20 * 1024 ** 3],
    ["512 MiB", 512 * 1024 ** 2],
    ["1000", 1000],
  ])("reads the size %s", (text, bytes) => {
    expect(config({ SIGNALBOX_MAX_DISK: text }).maxDiskBytes).toBe(bytes);
  });

  it("overrides single policy values and refuses unknown ones", () => {
    expect(config({ SIGNALBOX_POLICY: '{"gapMs": 5}' }).policy).toMatchObject({ gapMs: 5, toolMs: 60_000 });
    expect(parseConfig({ SIGNALBOX_POLICY: '{"gabMs": 5}' }).ok).toBe(false);
  });

  it("refuses two sources with one id", () => {
    const source = { id: "a", url: "http://127.0.0.1:1/telemetry" };
    expect(parseConfig({ SIGNALBOX_SOURCES: JSON.stringify([source, source]) }).ok).toBe(false);
  });

  it(".env.example names exactly the settings there are, and its values can be used", () => {
    const lines = readFileSync(".env.example", "utf8").split("\n");
    const settings = lines.flatMap((line) => {
      const match = /^#?\s?([A-Z_]+)=(.*)$/.exec(line);
      return match?.[1] ? [[match[1], (match[2] ?? "").replace(/^'(.*)'$/, "$1")] as const] : [];
    });
    expect(settings.map(([name]) => name).sort()).toEqual([...SETTING_NAMES].sort());
    expect(parseConfig(Object.fromEntries(settings))).toMatchObject({ ok: true });
  });
});
