/** Builds a repository whose number of routers goes 3 → 5 → 6 → 10 → 8 → 1, with commit times of its own. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

export const HISTORY_COUNTS = [3, 5, 6, 10, 8, 1];
/** A gap of ten weeks lies before the last two. */
export const HISTORY_TIMES = [
  "2026-01-05T09:00:00.000Z",
  "2026-01-12T10:30:00.000Z",
  "2026-01-19T16:00:00.000Z",
  "2026-02-02T08:15:00.000Z",
  "2026-04-13T12:00:00.000Z",
  "2026-04-20T18:45:00.000Z",
];

export const HISTORY_CONFIG = `concepts:
  - id: message-router
    canonical: chat.routing.canonical:CanonicalRouter
    names: ["*Router"]
    methods: [route_message, add_handler]
    legacyImports: [chat.routers]
`;

const NAMES = ["Plain", "Socket", "Agent", "Quality", "Scoped", "Event", "Tool", "Batch", "Retry"];
const CANONICAL = "chat/routing/canonical.py";

const router = (name: string): string => `class ${name}Router:
    def __init__(self):
        self.handlers = {}

    def add_handler(self, kind, handler):
        self.handlers[kind] = handler

    async def route_message(self, user_id, message):
        handler = self.handlers.get(message["type"])
        return await handler(user_id, message) if handler else None
`;

/** Files of the n-th commit. */
function filesOf(count: number, index: number): Map<string, string> {
  const consolidating = index >= 3;
  const old = NAMES.slice(0, consolidating ? count - 1 : count);
  const files = new Map(old.map((name) => [`chat/routers/${name.toLowerCase()}.py`, router(name)]));
  if (consolidating) files.set(CANONICAL, router("Canonical"));
  const imports = old.map((name) => `from chat.routers.${name.toLowerCase()} import ${name}Router\n`);
  if (consolidating) imports.push("from chat.routing.canonical import CanonicalRouter\n");
  const made = [...old, ...(consolidating ? ["Canonical"] : [])].map((name) => `${name}Router()`);
  files.set("chat/server.py", `${imports.join("")}\n\ndef build():\n    return [${made.join(", ")}]\n`);
  for (const folder of ["chat", "chat/routers", "chat/routing"]) files.set(`${folder}/__init__.py`, "");
  files.set("signalbox.config.yaml", HISTORY_CONFIG);
  return files;
}

/** The folder is made; the work tree is that of the last commit. */
export function buildScriptedHistory(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const git = (args: string[], input = "") =>
    execFileSync("git", ["-C", folder, "-c", "init.defaultBranch=main", ...args], {
      input,
      stdio: ["pipe", "ignore", "ignore"],
    });
  git(["init"]);
  git(["fast-import", "--quiet"], HISTORY_COUNTS.map(commitOf).join(""));
  git(["-c", "core.hooksPath=/dev/null", "reset", "--hard", "refs/heads/main"]);
}

/** One commit in the words of `git fast-import`. */
function commitOf(count: number, index: number): string {
  const seconds = Date.parse(HISTORY_TIMES[index] ?? "") / 1000;
  const message = `${count} routers`;
  const files = [...filesOf(count, index)].map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  return [
    "commit refs/heads/main\n",
    `mark :${index + 1}\n`,
    `committer Signalbox <history@example.org> ${seconds} +0200\n`,
    `data ${message.length}\n${message}\n`,
    index === 0 ? "" : `from :${index}\n`,
    "deleteall\n",
    ...files,
    "\n",
  ].join("");
}
