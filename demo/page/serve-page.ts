/** The chat page's few files, the list of users, and sign-in. */
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { SignIn } from "../chat/sign-in";
import { GUESTS } from "../users/names";

const FILES = {
  "/": { name: "index.html", type: "text/html; charset=utf-8" },
  "/chat.js": { name: "chat.js", type: "text/javascript; charset=utf-8" },
  "/chat.css": { name: "chat.css", type: "text/css; charset=utf-8" },
} as const;

export interface PageOptions {
  signIn: SignIn;
  users: readonly string[];
  signalboxUrl: string | null;
  environment: string | null;
}

/** The files lie beside this module, or, once bundled, where the sources are. */
function readAsset(name: string): Buffer {
  const places = ["./", "../demo/page/"].map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)));
  return readFileSync(places.find((path) => existsSync(path)) ?? name);
}

export function createPage(options: PageOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const users = [...GUESTS, ...options.users];
  const answer = (response: ServerResponse, status: number, type: string, body: string | Buffer) =>
    response
      .writeHead(status, {
        "content-type": type,
        "cache-control": "no-store",
        "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
      })
      .end(body);
  const json = (response: ServerResponse, status: number, body: unknown) =>
    answer(response, status, "application/json", JSON.stringify(body));

  return (request, response) => {
    const path = new URL(request.url ?? "/", "http://demo").pathname;
    const file = Object.entries(FILES).find(([at]) => at === path)?.[1];
    if (request.method === "GET" && file) return void answer(response, 200, file.type, readAsset(file.name));
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    if (request.method === "GET" && path === "/config") {
      const { signalboxUrl, environment } = options;
      return void json(response, 200, { users, guests: GUESTS.length, signalboxUrl, environment });
    }
    const signInAs = /^\/sign-in\/([\w-]+)$/.exec(path)?.[1];
    if (request.method === "POST" && signInAs !== undefined && users.includes(signInAs)) {
      return void json(response, 200, { token: options.signIn.issue(signInAs) });
    }
    json(response, 404, { error: { code: "not_found", message: "There is nothing here." } });
  };
}
