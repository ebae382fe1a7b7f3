/** Erasures: asked for, worked off one after the other, gone on with after a restart, and shown. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type ErasureList, type ErasureView, erasureCounts } from "@/contracts/access";
import { iso, isoOrNull } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import { waitForWriters } from "@/server/storage/erasure/wait-for-writers";
import type { Erasure } from "@/server/storage/generated/client";
import { eraseUser } from "./erase-user";
import { type ErasedUsers, REFRESH_MS } from "./erased-users";

/** Whoever asks waits so long for the end; after that the answer says that it goes on. */
const PATIENCE_MS = 20_000;
const LISTED = 200;

export interface Erasures {
  /** The name that a user has after the erasure; null for a name that is such a one already. */
  pseudonymOf(user: string): string | null;
  isErased(environment: string, user: string): boolean;
  /** Erases a user; resolves when it is done, or after a while with the state reached. */
  erase(environment: string, user: string, requestedBy: string): Promise<ErasureView>;
  /** The newest erasures of these environments. */
  list(environments: readonly string[] | "all"): Promise<ErasureList>;
  /** Goes on with what a stop interrupted. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface ErasuresDeps {
  db: Database;
  erased: ErasedUsers;
  nowMs: () => number;
  /** Resolves when everything that ingest took before is stored. */
  ingestIdle: () => Promise<void>;
  /** Told when verdicts wait to be said anew. */
  onErased: () => void;
  onError: (error: unknown) => void;
  /** How long other processes may take to hear of an erasure. */
  settleMs?: number;
}

class Stopping extends Error {}

export function createErasures(deps: ErasuresDeps): Erasures {
  const { db, erased, nowMs, settleMs = 2 * REFRESH_MS } = deps;
  let queue: Promise<void> = Promise.resolve();
  let stopping = false;
  const mayGoOn = () => {
    if (stopping) throw new Stopping("the app stops");
  };

  async function work(environment: string, user: string, askedAtMs: number): Promise<void> {
    const renaming = { from: user, to: erased.pseudonymOf(user) };
    await deps.ingestIdle();
    await wait(Math.max(0, askedAtMs + settleMs - performance.now()));
    await waitForWriters(db);
    mayGoOn();
    const counts = { ...(await eraseUser(db, environment, renaming, mayGoOn)) };
    const where = { environment_pseudonym: { environment, pseudonym: renaming.to } };
    await db.prisma.erasure.update({ where, data: { userId: null, finishedAt: new Date(nowMs()), counts } });
    deps.onErased();
  }

  /** One after the other. An erasure that fails stays unfinished, and whoever waits for it hears why. */
  function enqueue(environment: string, user: string): Promise<void> {
    const askedAtMs = performance.now();
    const done = queue.then(() => (stopping ? undefined : work(environment, user, askedAtMs)));
    queue = done.catch((error: unknown) => {
      if (!(error instanceof Stopping)) deps.onError(error);
    });
    return done;
  }

  const view = async (environment: string, pseudonym: string) =>
    erasureView(
      await db.prisma.erasure.findUniqueOrThrow({ where: { environment_pseudonym: { environment, pseudonym } } }),
    );

  return {
    pseudonymOf: (user) => (erased.isPseudonym(user) ? null : erased.pseudonymOf(user)),
    isErased: (environment, user) => erased.nameOf(environment, user) !== user,
    async erase(environment, user, requestedBy) {
      const pseudonym = erased.pseudonymOf(user);
      const asked = { userId: user, requestedBy, requestedAt: new Date(nowMs()), finishedAt: null };
      await db.prisma.erasure.upsert({
        where: { environment_pseudonym: { environment, pseudonym } },
        create: { environment, pseudonym, ...asked },
        update: asked,
      });
      await erased.refresh();
      const patience = new AbortController();
      await Promise.race([
        enqueue(environment, user),
        wait(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
      ]).finally(() => patience.abort());
      return view(environment, pseudonym);
    },
    async list(environments) {
      const rows = await db.prisma.erasure.findMany({
        where: environments === "all" ? {} : { environment: { in: [...environments] } },
        orderBy: [{ requestedAt: "desc" }, { pseudonym: "asc" }],
        take: LISTED + 1,
      });
      return { items: rows.slice(0, LISTED).map(erasureView), more: rows.length > LISTED };
    },
    async resume() {
      const open = await db.prisma.erasure.findMany({
        where: { userId: { not: null } },
        orderBy: { requestedAt: "asc" },
      });
      for (const { environment, userId } of open)
        if (userId !== null) void enqueue(environment, userId).catch(() => undefined);
    },
    async stop() {
      stopping = true;
      await queue;
    },
  };
}

function erasureView({ environment, pseudonym, requestedBy, requestedAt, finishedAt, counts }: Erasure): ErasureView {
  return {
    ...{ environment, pseudonym, requestedBy },
    state: finishedAt === null ? "running" : "done",
    requestedAt: iso(requestedAt),
    finishedAt: isoOrNull(finishedAt),
    counts: erasureCounts.or(z.object({}).transform(() => null)).parse(counts),
  };
}
