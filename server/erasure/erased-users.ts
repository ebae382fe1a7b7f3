/**
 * Who was erased, as every way in must know before it stores or writes down a user's id. Asked without I/O; read again
 * every second, so that an erasure that another process began is known here before it changes anything.
 */
import { createHmac } from "node:crypto";
import { renameInEvent } from "@/domain/erasure/rename-user";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import type { Database } from "@/server/storage/database";

export const REFRESH_MS = 1_000;
const PSEUDONYM_HEX = 24;
const MAX_CACHED = 20_000;

export interface ErasedUsers {
  /** The name that stands for a user once erased: the same for the same id, and no way back without the installation's secret. */
  pseudonymOf(user: string): string;
  /** The id itself, or the pseudonym of a user who was erased. Without an environment: erased in any. */
  nameOf(environment: string | null, user: string): string;
  /** The event as it may be stored. */
  forget(event: TelemetryEvent): TelemetryEvent;
  isPseudonym(name: string): boolean;
  refresh(): Promise<void>;
  stop(): void;
}

export interface ErasedUsersDeps {
  db: Database;
  secret: Buffer;
  onError(error: unknown): void;
}

export async function startErasedUsers({ db, secret, onError }: ErasedUsersDeps): Promise<ErasedUsers> {
  let erased = new Map<string, Set<string>>();
  const names = new Map<string, string>();

  const pseudonymOf = (user: string) => {
    const text = JSON.stringify(["erased user", user]);
    return `erased-${createHmac("sha256", secret).update(text).digest("hex").slice(0, PSEUDONYM_HEX)}`;
  };

  const nameIn = (environment: string, user: string): string => {
    const pseudonyms = erased.get(environment);
    if (!pseudonyms) return user;
    const id = `${environment}\u0000${user}`;
    const known = names.get(id);
    if (known !== undefined) return known;
    const pseudonym = pseudonymOf(user);
    const name = pseudonyms.has(pseudonym) ? pseudonym : user;
    if (names.size >= MAX_CACHED) names.clear();
    names.set(id, name);
    return name;
  };

  async function refresh(): Promise<void> {
    const rows = await db.prisma.erasure.findMany({ select: { environment: true, pseudonym: true } });
    const known = [...erased.values()].reduce((sum, pseudonyms) => sum + pseudonyms.size, 0);
    if (rows.length === known) return;
    const next = new Map<string, Set<string>>();
    for (const { environment, pseudonym } of rows) {
      next.set(environment, (next.get(environment) ?? new Set()).add(pseudonym));
    }
    erased = next;
    names.clear();
  }

  await refresh();
  const timer = setInterval(() => void refresh().catch(onError), REFRESH_MS);
  timer.unref();
  return {
    pseudonymOf,
    nameOf(environment, user) {
      if (environment !== null) return nameIn(environment, user);
      return [...erased.keys()].map((each) => nameIn(each, user)).find((name) => name !== user) ?? user;
    },
    forget: (event) =>
      erased.has(event.environment) ? renameInEvent(event, (user) => nameIn(event.environment, user)) : event,
    isPseudonym: (name) => [...erased.values()].some((pseudonyms) => pseudonyms.has(name)),
    refresh,
    stop: () => clearInterval(timer),
  };
}
