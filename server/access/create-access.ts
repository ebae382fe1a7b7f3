/** Who may come in: keys, sessions, sign-in links, hosts and origins. Answers are remembered for at most two seconds. */
import type { IncomingMessage } from "node:http";
import type { Database } from "@/server/storage/database";
import { type AuditRecord, aboutUser, actorOf, recordAudit } from "./audit";
import { readCookie, sessionCookieName, writeSessionCookie } from "./cookie";
import { findKey, keyHolds } from "./keys";
import { hostAllowed, originAllowed } from "./origin";
import type { Access, Principal } from "./principal";
import { createRateLimits } from "./rate-limits";
import { digest, sameDigest } from "./secret";
import { findSession, type Person, revokeSessions, startSession, type Visitor } from "./sessions";
import { linkIsGood, makeLinkToken, spendLink } from "./sign-in-links";
import { type AddressOf, createAddressOf } from "./visitor-address";

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
  /** Addresses and ranges of proxies whose X-Forwarded-For counts. */
  trustedProxies?: readonly string[];
  /** The name under which a user stands in the audit log: not the id of one who was erased. */
  nameOf?: (environment: string | null, user: string) => string;
}

export interface AccessControl extends Access {
  publicUrl(): string;
  /** Whether there is a preset admin key, which cannot be revoked. */
  readonly hasPresetKey: boolean;
  hostAllowed(host: string | undefined): boolean;
  /** Network address that a request or a handshake comes from. */
  addressOf: AddressOf;
  /** Writes an entry of the audit log. Whoever lets somebody do what an entry stands for waits for it. */
  record(entry: AuditRecord): Promise<void>;
  /** Whether the same key or session would still be let in. Counts as a use of the session: an open page is not idle. */
  stillHolds(principal: Principal): Promise<boolean>;
  /** Makes this process ask again who a revoked key or session is. */
  forget(): void;
  /** URL that signs a person in once within ten minutes and leads to the page `next`. */
  createSignInLink(person: Person, next?: string): Promise<string>;
  linkIsGood(token: string): Promise<boolean>;
  /** Spends a link; returns the `Set-Cookie` of the new session, or null when the link is no good any more. */
  signIn(token: string, visitor: Visitor): Promise<string | null>;
  /** Ends the caller's session; returns the `Set-Cookie` that removes the cookie. */
  signOut(request: IncomingMessage): Promise<string>;
}

/** Access rules over `db`. Secrets are looked up by digest, the preset key is compared in constant time. */
export function createAccess(dependencies: AccessDependencies): AccessControl {
  const { db, adminKey, publicUrl, nowMs, trustedProxies = [], nameOf = (_, user) => user } = dependencies;
  const addressOf = createAddressOf(trustedProxies);
  const presetHash = adminKey === null ? null : digest(adminKey);
  const preset: Principal = { kind: "key", id: "preset", name: "preset admin key", role: "admin", environments: "all" };
  const limits = createRateLimits(nowMs);
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
    hasPresetKey: presetHash !== null,
    fromKey,
    async fromRequest(request) {
      // Other schemes belong to a proxy in front; the cookie decides then.
      const bearer = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? "")?.[1];
      if (bearer !== undefined) return fromKey(bearer.trim());
      const hash = sessionHash(request);
      return hash === null ? null : remember(`session ${hash}`, () => findSession(db, { hash }, nowMs()));
    },
    take: limits.take,
    addressOf,
    record: (entry) => recordAudit(db, aboutUser(entry, nameOf), nowMs()),
    hostAllowed: (host) => hostAllowed(publicUrl(), host),
    originAllowed: (origin, host) => originAllowed(publicUrl(), origin, host),
    async stillHolds(principal) {
      if (principal === preset) return true;
      if (principal.kind === "key") return keyHolds(db, principal.id);
      return (await findSession(db, { id: principal.id }, nowMs())) !== null;
    },
    forget: () => remembered.clear(),
    async createSignInLink(person, next) {
      const token = await makeLinkToken(db, person, nowMs());
      return `${publicUrl()}/sign-in?${new URLSearchParams({ token, ...(next === undefined ? {} : { next }) })}`;
    },
    linkIsGood: (token) => linkIsGood(db, token, nowMs()),
    async signIn(token, visitor) {
      const person = await spendLink(db, token, nowMs());
      if (person === null) return null;
      const { secret, id } = await startSession(db, person, visitor, nowMs());
      const actor = { kind: "session" as const, id, name: person.name, address: visitor.address };
      await recordAudit(
        db,
        { actor, action: "signed_in", target: person.name, detail: { role: person.role } },
        nowMs(),
      );
      return writeSessionCookie(publicUrl(), secret);
    },
    async signOut(request) {
      const hash = sessionHash(request);
      const principal = hash === null ? null : await findSession(db, { hash }, nowMs());
      if (principal !== null) {
        await revokeSessions(db, { id: principal.id }, { nowMs: nowMs(), revokedBy: principal.name });
        remembered.delete(`session ${hash}`);
        await recordAudit(
          db,
          { actor: actorOf(principal, addressOf(request)), action: "signed_out", target: principal.name },
          nowMs(),
        );
      }
      return writeSessionCookie(publicUrl(), "");
    },
  };
}
