/** Who may come in: keys, sessions, sign-in links, hosts and origins. Answers are remembered for at most two seconds. */
import type { IncomingMessage } from "node:http";
import type { Database } from "@/server/storage/database";
import { readCookie, sessionCookieName, writeSessionCookie } from "./cookie";
import { findKey } from "./keys";
import { hostAllowed, originAllowed } from "./origin";
import type { Access, Principal } from "./principal";
import { digest, sameDigest } from "./secret";
import { findSession, revokeSession, startSession } from "./sessions";
import { linkIsGood, makeLinkToken, spendLink } from "./sign-in-links";

const REMEMBER_MS = 2_000;
const REMEMBER_MAX = 5_000;
const MAX_SECRET_LENGTH = 512;

export interface AccessDependencies {
  db: Database;
  /** Preset admin key, valid in every environment; null = none. */
  adminKey: string | null;
  /** Public address without trailing slash. A function, because the port may be known only after listening. */
  publicUrl: () => string;
  nowMs: () => number;
}

export interface AccessControl extends Access {
  publicUrl(): string;
  hostAllowed(host: string | undefined): boolean;
  /** Whether the same key or session would still be let in. Counts as a use of the session: an open page is not idle. */
  stillHolds(principal: Principal): Promise<boolean>;
  /** URL that signs `person` in once within ten minutes and leads to the page `next`. */
  createSignInLink(person: string, next?: string): Promise<string>;
  linkIsGood(token: string): Promise<boolean>;
  /** Spends a link; returns the `Set-Cookie` of the new session, or null when the link is no good any more. */
  signIn(token: string): Promise<string | null>;
  /** Ends the caller's session; returns the `Set-Cookie` that removes the cookie. */
  signOut(request: IncomingMessage): Promise<string>;
}

/** Access rules over `db`. Secrets are looked up by digest, the preset key is compared in constant time. */
export function createAccess({ db, adminKey, publicUrl, nowMs }: AccessDependencies): AccessControl {
  const presetHash = adminKey === null ? null : digest(adminKey);
  const preset: Principal = { kind: "key", id: "preset", name: "preset admin key", role: "admin", environments: "all" };
  const remembered = new Map<string, { principal: Principal | null; untilMs: number }>();

  async function remember(id: string, find: () => Promise<Principal | null>): Promise<Principal | null> {
    const known = remembered.get(id);
    if (known && known.untilMs > nowMs()) return known.principal;
    const principal = await find();
    if (remembered.size >= REMEMBER_MAX) remembered.clear();
    remembered.set(id, { principal, untilMs: nowMs() + REMEMBER_MS });
    return principal;
  }

  async function fromKey(key: string): Promise<Principal | null> {
    if (key === "" || key.length > MAX_SECRET_LENGTH) return null;
    const hash = digest(key);
    if (presetHash !== null && sameDigest(hash, presetHash)) return preset;
    return remember(`key ${hash}`, () => findKey(db, hash, nowMs()));
  }

  function sessionHash(request: IncomingMessage): string | null {
    const secret = readCookie(request.headers.cookie, sessionCookieName(publicUrl()));
    return secret === null || secret.length > MAX_SECRET_LENGTH ? null : digest(secret);
  }

  return {
    publicUrl,
    fromKey,
    async fromRequest(request) {
      // Other schemes belong to a proxy in front; the cookie decides then.
      const bearer = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? "")?.[1];
      if (bearer !== undefined) return fromKey(bearer.trim());
      const hash = sessionHash(request);
      return hash === null ? null : remember(`session ${hash}`, () => findSession(db, hash, nowMs()));
    },
    hostAllowed: (host) => hostAllowed(publicUrl(), host),
    originAllowed: (origin, host) => originAllowed(publicUrl(), origin, host),
    async stillHolds(principal) {
      if (principal === preset) return true;
      if (principal.kind === "session") return (await findSession(db, principal.id, nowMs())) !== null;
      const key = await db.prisma.accessKey.findUnique({ where: { id: principal.id } });
      return key !== null && key.revokedAt === null;
    },
    async createSignInLink(person, next) {
      const token = await makeLinkToken(db, person, nowMs());
      return `${publicUrl()}/sign-in?${new URLSearchParams({ token, ...(next === undefined ? {} : { next }) })}`;
    },
    linkIsGood: (token) => linkIsGood(db, token, nowMs()),
    async signIn(token) {
      const person = await spendLink(db, token, nowMs());
      return person === null ? null : writeSessionCookie(publicUrl(), await startSession(db, person, nowMs()));
    },
    async signOut(request) {
      const hash = sessionHash(request);
      if (hash !== null) {
        await revokeSession(db, hash, nowMs());
        remembered.delete(`session ${hash}`);
      }
      return writeSessionCookie(publicUrl(), "");
    },
  };
}
