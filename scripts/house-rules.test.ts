import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path && existsSync(path));
const code = tracked.filter((path) => /\.(ts|tsx|mjs|js)$/.test(path) && !path.endsWith(".d.ts"));
const docs = tracked.filter((path) => path.endsWith(".md") && !path.startsWith("e2e/fixtures/"));

describe("house rules", () => {
  it("no file has more than 300 lines", () => {
    const long = code.filter((path) => readFileSync(path, "utf8").split("\n").length > 301);
    expect(long).toEqual([]);
  });

  it("the environment is read in one place of the product", () => {
    const launchers =
      /^(scripts|e2e\/support)\/|^(server\/config|playwright\.config|prisma\.config|vitest\.config)\.ts$/;
    const readers = code.filter((path) => !launchers.test(path) && /process\.env\b/.test(readFileSync(path, "utf8")));
    expect(readers).toEqual([]);
  });

  it("default exports live in routes and configuration files only", () => {
    const allowed = /^app\/|\.config\.(ts|js|mjs)$|global-setup\.ts$|scripts\/house-rules\.test\.ts$/;
    const offenders = code.filter(
      (path) => !allowed.test(path) && /^export default /m.test(readFileSync(path, "utf8")),
    );
    expect(offenders).toEqual([]);
  });

  it("raw SQL stays behind the storage door", () => {
    const raw = /\$(queryRaw|executeRaw)/;
    const offenders = code.filter(
      (path) =>
        path.startsWith("server/") &&
        !path.startsWith("server/storage/") &&
        !path.endsWith(".test.ts") &&
        raw.test(readFileSync(path, "utf8")),
    );
    expect(offenders).toEqual([]);
  });

  it("every path and npm script that the documents name exists", () => {
    const scripts = (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> }).scripts;
    const missing = docs.flatMap((doc) => {
      const text = readFileSync(doc, "utf8");
      const folder = doc.includes("/") ? doc.slice(0, doc.lastIndexOf("/") + 1) : "";
      const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] ?? "");
      const paths = [
        ...text.matchAll(
          /`((?:domain|contracts|server|scanner|emitter|demo|synthetic|client|components|app|prisma|e2e|scripts|docs|bin)\/[\w./[\]-]*)`/g,
        ),
      ].map((match) => match[1] ?? "");
      const commands = [...text.matchAll(/`npm run ([\w:-]+)/g)].map((match) => match[1] ?? "");
      return [
        ...links.filter((path) => !existsSync(`${folder}${path}`)),
        ...paths.filter((path) => !existsSync(path)),
        ...commands.filter((name) => !(name in scripts)).map((name) => `npm run ${name}`),
      ].map((name) => `${doc}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});
