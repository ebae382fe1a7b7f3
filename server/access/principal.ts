import type { IncomingMessage } from "node:http";
import type { KeyRole } from "@/contracts/access";
import type { RateLimits } from "./rate-limits";

export type Role = KeyRole;

/** What a caller may ask for in a minute; null = as much as it likes. */
export interface Limits {
  requestsPerMinute: number | null;
  eventsPerMinute: number | null;
}

/** Who is calling: a key, or a person with a session. An admin may read and ingest; nobody else may do both. */
export interface Principal {
  kind: "key" | "session";
  id: string;
  name: string;
  role: Role;
  /** "all" = every environment there is. A key's first environment is its default. */
  environments: readonly string[] | "all";
  limits?: Limits;
}

export function mayUse(principal: Principal, role: Role): boolean {
  return principal.role === role || principal.role === "admin";
}

export function maySee(principal: Principal, environment: string): boolean {
  return principal.environments === "all" || principal.environments.includes(environment);
}

/** Environment of events that name none. */
export function defaultEnvironment(principal: Principal): string {
  return principal.environments === "all" ? "default" : (principal.environments[0] ?? "default");
}

/** Port through which every way in asks who is calling. */
export interface Access extends RateLimits {
  /** `Authorization: Bearer` key, else the session cookie; null when neither holds. */
  fromRequest(request: IncomingMessage): Promise<Principal | null>;
  fromKey(key: string): Promise<Principal | null>;
  /**
   * Whether a browser page of this Origin may connect or write; an absent Origin is no browser. `host` = the request's
   * own `Host` header, which a page on loopback must have been served from.
   */
  originAllowed(origin: string | undefined, host?: string): boolean;
}
