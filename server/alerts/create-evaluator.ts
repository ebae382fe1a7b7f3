/** Looks at every environment by the clock, and at one at once when an incident of it changed. */
import { setTimeout as pause } from "node:timers/promises";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { alertedEnvironments, lastEvaluations } from "@/server/storage/alerts/rule-state";
import { createPolicyBook } from "@/server/storage/judging/policy-book";
import { isTransient } from "@/server/storage/judging/transaction";
import { type EvaluateDeps, evaluate, type Look } from "./evaluate";
import { createRuleReader, type RuleReader } from "./read-rules";

const LOOK_EVERY_MS = 10_000;
/** Before anything was observed there is an evaluator to watch over all the same. */
const FIRST_ENVIRONMENT = "default";

export interface EvaluatorDeps extends EvaluateDeps {
  environments: () => Promise<string[]>;
  /** Told after the commit: alerts of this environment changed, or were looked at. */
  onEvaluated: (environment: string) => void;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** Incidents alone, or whatever rules look at. */
export type Wake = "incidents" | "everything";

export interface AlertEvaluator {
  start(): void;
  /** Resolves when what was under way is done. */
  stop(): Promise<void>;
  /** Something in this environment changed that alerts depend on. */
  wake(environment: string, what: Wake): void;
  /** One look at everything, however short ago another node looked. */
  lookAtAll(): Promise<void>;
}

/** Nothing runs before `start`. */
export function createEvaluator(deps: EvaluatorDeps): AlertEvaluator {
  const { db, nowMs, onEvaluated, log } = deps;
  /** Of these nothing is left but alerts, which have to end: their watchdog too. */
  let vanished: readonly string[] = [];
  const reader = createRuleReader(db, createPolicyBook(DEFAULT_POLICY));
  const rules: RuleReader = {
    async read(environments, nowMs) {
      const seen = await reader.read(environments, nowMs);
      for (const environment of vanished) seen.get(environment)?.set("watchdog", []);
      return seen;
    },
  };
  const woken = new Map<string, Wake>();
  /** Could not be looked at: they are due, however short ago they were. */
  const missed = new Set<string>();
  let sleeper = new AbortController();
  let stopped = true;
  let loop: Promise<void> = Promise.resolve();

  async function look(given: Look): Promise<void> {
    try {
      await evaluate(deps, given);
      if (given.seen.size > 0) missed.delete(given.environment);
      onEvaluated(given.environment);
    } catch (error) {
      missed.add(given.environment);
      if (isTransient(error)) log.warn({ err: error }, "alerts could not be looked at; trying again");
      else log.error({ err: error }, "alerts could not be evaluated; trying again");
    }
  }

  async function lookAt(environments: readonly string[], between = async () => {}): Promise<void> {
    const seenAtMs = nowMs();
    const seen = await rules.read(environments, seenAtMs);
    for (const [environment, readings] of seen) {
      await look({ environment, seen: readings, seenAtMs });
      await between();
    }
  }

  async function known(): Promise<string[]> {
    const observed = await deps.environments();
    const watched = observed.length === 0 ? [FIRST_ENVIRONMENT] : observed;
    vanished = (await alertedEnvironments(db.pool)).filter((environment) => !watched.includes(environment));
    return [...watched, ...vanished].sort();
  }

  async function lookAtDue(): Promise<void> {
    const environments = await known();
    const last = await lastEvaluations(db.pool, environments);
    // Another node's clock may be ahead: what it looked at later than now says nothing of when that was.
    const isDue = (environment: string) =>
      missed.has(environment) || Math.abs(nowMs() - (last.get(environment) ?? 0)) >= LOOK_EVERY_MS / 2;
    await lookAt(environments.filter(isDue), lookAtWoken);
  }

  async function lookAtWoken(): Promise<void> {
    for (const environment of [...woken.keys()]) {
      const what = woken.get(environment);
      woken.delete(environment);
      if (what === "incidents") await look({ environment, seen: new Map(), seenAtMs: nowMs() });
      else {
        await lookAt([environment]).catch((error: unknown) => {
          missed.add(environment);
          lookFailed(error);
        });
      }
    }
  }

  const lookFailed = (error: unknown) => log.warn({ err: error }, "rules could not be looked at; trying again");

  async function run(): Promise<void> {
    let nextMs = 0;
    while (!stopped) {
      if (performance.now() >= nextMs) {
        nextMs = performance.now() + LOOK_EVERY_MS;
        await lookAtDue().catch(lookFailed);
      }
      await lookAtWoken();
      if (woken.size > 0 || stopped) continue;
      sleeper = new AbortController();
      await pause(Math.max(0, nextMs - performance.now()), undefined, { signal: sleeper.signal }).catch(
        () => undefined,
      );
    }
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      loop = run();
    },
    async stop() {
      stopped = true;
      sleeper.abort();
      await loop;
    },
    wake(environment, what) {
      if (woken.get(environment) !== "everything") woken.set(environment, what);
      sleeper.abort();
    },
    async lookAtAll() {
      await lookAt(await known());
    },
  };
}
