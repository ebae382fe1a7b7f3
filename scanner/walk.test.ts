import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { grammarOf, kindOf } from "./classify";
import { walkFolder } from "./walk";

const base = mkdtempSync(join(tmpdir(), "walk-"));
const root = join(base, "checkout");
afterAll(() => rmSync(base, { recursive: true, force: true }));

function put(path: string, text = ""): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

describe("the walk over a checkout", () => {
  it("leaves out what is ignored, vendored or generated, and what links lead to outside", async () => {
    put("outside/secret.py", "class SecretRouter: pass");
    put("checkout/app/a.py");
    put("checkout/app/.gitignore", "*.tmp.py\n!keep.tmp.py\n");
    put("checkout/app/x.tmp.py");
    put("checkout/app/keep.tmp.py");
    put("checkout/.gitignore", "/out/\nlocal_*.py\n");
    put("checkout/out/a.py");
    put("checkout/app/local_settings.py");
    put("checkout/node_modules/x/index.js");
    put("checkout/lib/site-packages/x.py");
    put("checkout/env/pyvenv.cfg");
    put("checkout/env/x.py");
    put("checkout/sub/.git", "gitdir: elsewhere");
    put("checkout/sub/x.py");
    put("checkout/api/chat_pb2.py");
    put("checkout/backups/a.py");
    put("checkout/app/a.py.bak");
    symlinkSync(join(base, "outside"), join(root, "linked"));
    symlinkSync(join(base, "outside/secret.py"), join(root, "app/secret.py"));
    symlinkSync("..", join(root, "app/loop"));
    const { files } = await walkFolder(root);
    expect(files.map(({ file }) => file)).toEqual(["app/a.py", "app/a.py.bak", "app/keep.tmp.py", "backups/a.py"]);
  });
});

describe("trees of their own kind", () => {
  const filesOf = async (folder: string) => {
    const { files, leftOut } = await walkFolder(join(base, folder));
    return { files: files.map(({ file }) => file), leftOut: leftOut.sort() };
  };

  it("reads the libraries of an installation that holds nothing else, and says what is left out elsewhere", async () => {
    put("python3/dist-packages/lib/a.py");
    put("python3/dist-packages/lib/vendor/b.py");
    expect(await filesOf("python3")).toEqual({
      files: ["dist-packages/lib/a.py"],
      leftOut: ["dist-packages/lib/vendor"],
    });
    put("python3/own.py");
    expect(await filesOf("python3")).toEqual({ files: ["own.py"], leftOut: ["dist-packages"] });
  });

  it("leaves out what packages were built into, and no package that is called so", async () => {
    for (const [folder, manifest] of [
      ["js", "package.json"],
      ["py", "pyproject.toml"],
    ]) {
      put(`built/${folder}/${manifest}`, "{}");
      put(`built/${folder}/dist/a.js`);
      put(`built/${folder}/build/lib/a.py`);
      put(`built/${folder}/src/build/a.py`);
    }
    expect(await filesOf("built")).toEqual({
      files: ["js/src/build/a.py", "py/src/build/a.py"],
      leftOut: ["js/build", "js/dist", "py/build", "py/dist"],
    });
  });

  it("reads a file once however many links lead to it, wherever they stand", async () => {
    put("links/m/target.py", "class OneRouter: pass");
    put("links/plain", "class TwoRouter: pass");
    symlinkSync("m/target.py", join(base, "links/a.py"));
    symlinkSync("target.py", join(base, "links/m/z.py"));
    symlinkSync("plain", join(base, "links/b.py"));
    const { files, links } = await walkFolder(join(base, "links"));
    expect(files.map(({ file }) => file)).toEqual(["b.py", "m/target.py"]);
    expect([...links]).toEqual([
      ["a.py", "m/target.py"],
      ["m/z.py", "m/target.py"],
    ]);
  });
});

describe("what a path says", () => {
  it.each([
    ["app/router.py", "source"],
    ["app/router.py.backup_20250101", "backup"],
    ["app/router.py.bak", "backup"],
    ["app/router_backup.py", "backup"],
    ["backup/app/router.py", "backup"],
    ["app/backup_service.py", "source"],
    ["tests/unit/x.py", "test"],
    ["app/test_router.py", "test"],
    ["src/router.test.ts", "test"],
    ["src/__tests__/router.ts", "test"],
    ["src/latest/router.ts", "source"],
    ["src/contest.py", "source"],
  ])("%s is %s", (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });

  it("reads Python, TypeScript and JavaScript, also in backups, and nothing else", () => {
    expect(["a.py", "a.pyi", "a.py.backup_1", "a.tsx", "a.mjs", "a.pyc", "a.md", "a.py.txt"].map(grammarOf)).toEqual([
      "python",
      "python",
      "python",
      "tsx",
      "javascript",
      null,
      null,
      null,
    ]);
  });
});
