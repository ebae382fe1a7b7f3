/**
 * Sends what waits in the outbox: one delivery of a channel at a time, in the order of each group, again until it is taken,
 * refused or given up. At least once: a sender that dies between the answer and its mark leaves a delivery that is made
 * again, with the same Idempotency-Key.
 */
import { randomUUID } from "node:crypto";
import { channelKind } from "@/contracts/channels";
import { REPEAT_MS } from "@/domain/alerts/alertmanager-body";
import { type Attempt, GIVE_UP_MS, outcomeOf, retryInMs } from "@/domain/alerts/delivery";
import {
  type Claim,
  claimDelivery,
  expireDeliveries,
  forgetDeliveries,
  type Mark,
  markAttempt,
} from "@/server/storage/alerts/send-queue";
import type { Database } from "@/server/storage/database";
import { composePost } from "./compose-post";
import { type PostOptions, postJson, TIMEOUT_MS } from "./post-json";
import type { Seal } from "./sealed-target";
import { readNotification } from "./stored-notification";

const TICK_MS = 1_000;
const TIDY_EACH_MS = 30_000;
const FORGET_EACH_MS = 3_600_000;
const KEPT_MS = 30 * 86_400_000;
/** Longer than an attempt can take, so that a sender that is alive never loses its lease. */
const LEASE_MS = 4 * TIMEOUT_MS;
const AT_ONCE = 4;
/** Slack takes about one message a second. */
const PACE_MS = { slack: 1_100, webhook: 0, alertmanager: 0 };
/** A receiver that could not be reached is left alone for a moment, whatever else waits for it. */
const AFTER_FAILURE_MS = 1_000;

export interface SenderDeps {
  db: Database;
  seal: Seal;
  /** Where Signalbox is, for links. */
  baseUrl: () => string;
  nowMs: () => number;
  /** At least 0 and less than 1. */
  random: () => number;
  onError: (error: unknown) => void;
  /** Told after an attempt for this environment. */
  onAttempt?: (environment: string) => void;
  post?: PostOptions;
}

export interface Sender {
  start(): void;
  /** Sends everything whose time has come; resolves when nothing is left. */
  run(): Promise<void>;
  /** Looks at once instead of within a second: something was put into the outbox. */
  nudge(): void;
  /** Ends after the attempts under way. */
  stop(): Promise<void>;
}

export function createSender(deps: SenderDeps): Sender {
  const { db, nowMs } = deps;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;
  let failing = false;
  const doneAtMs = { tidied: 0, forgotten: 0 };

  async function drain(): Promise<void> {
    while (!stopping) {
      const claim = await claimDelivery(db, { lease: randomUUID(), leaseMs: LEASE_MS, nowMs: nowMs() });
      if (!claim) return;
      // There may be more for other channels.
      begin();
      await markAttempt(db, claim, await attempt(deps, claim));
      deps.onAttempt?.(claim.delivery.environment);
    }
  }

  async function tidy(): Promise<void> {
    if (nowMs() - doneAtMs.tidied < TIDY_EACH_MS) return;
    doneAtMs.tidied = nowMs();
    await expireDeliveries(db, nowMs(), GIVE_UP_MS);
    if (nowMs() - doneAtMs.forgotten < FORGET_EACH_MS) return;
    doneAtMs.forgotten = nowMs();
    await forgetDeliveries(db, nowMs() - KEPT_MS);
  }

  /** A database that is away is said once, not each second. */
  async function watched(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      failing = false;
    } catch (error) {
      if (!failing) deps.onError(error);
      failing = true;
    }
  }

  function begin(): void {
    if (stopping || running.size >= AT_ONCE) return;
    const work = watched(drain);
    running.add(work);
    void work.then(() => running.delete(work));
  }

  const tick = async () => {
    await watched(tidy);
    begin();
  };

  return {
    nudge: begin,
    start() {
      timer = setInterval(() => void tick(), TICK_MS);
    },
    async run() {
      await tick();
      while (running.size > 0) await Promise.all(running);
    },
    async stop() {
      stopping = true;
      if (timer) clearInterval(timer);
      await Promise.all(running);
    },
  };
}

/** Makes one attempt, and says what it means for the delivery and its channel. */
async function attempt(deps: SenderDeps, claim: Claim): Promise<Mark> {
  const { channel, delivery } = claim;
  const kind = channelKind.parse(channel.kind);
  const made = await tell(deps, claim);
  const triedAtMs = deps.nowMs();
  const outcome = outcomeOf(made, triedAtMs);
  const statusCode = made.kind === "answered" ? made.status : null;
  const paced = triedAtMs + PACE_MS[kind];
  const told = { statusCode, triedAtMs, nextAtMs: triedAtMs, repeatAtMs: null, channelNextAtMs: paced };
  // Also what it refused: it may take it after somebody mended it.
  const fires = kind === "alertmanager" && delivery.status === "firing";
  const repeatAtMs = fires ? triedAtMs + REPEAT_MS : null;
  switch (outcome.kind) {
    case "sent":
      return { ...told, state: "sent", error: null, repeatAtMs };
    case "failed":
      return { ...told, state: "failed", error: outcome.error, repeatAtMs };
    case "again": {
      const pauseMs = outcome.pauseMs ?? 0;
      const waitMs = Math.max(pauseMs, retryInMs(delivery.repeats ? 1 : delivery.attempts + 1, deps.random()));
      const nextAtMs = triedAtMs + waitMs;
      const late = nextAtMs - delivery.createdAt.getTime() >= GIVE_UP_MS;
      const again = {
        error: outcome.error,
        nextAtMs,
        repeatAtMs: delivery.repeats ? nextAtMs : late ? repeatAtMs : null,
      };
      const channelNextAtMs = Math.max(paced, triedAtMs + Math.max(pauseMs, AFTER_FAILURE_MS));
      return { ...told, ...again, state: late ? "expired" : "waiting", channelNextAtMs };
    }
  }
}

async function tell({ seal, baseUrl, nowMs, post }: SenderDeps, { channel, delivery }: Claim): Promise<Attempt> {
  const target = seal.open(channel.id, channel.target);
  if (!target) return { kind: "refused", error: "secret" };
  const told = {
    ...{ kind: channelKind.parse(channel.kind), name: channel.name, target, deliveryId: delivery.id },
    notification: readNotification(delivery.notification),
  };
  return postJson(composePost(told, baseUrl(), nowMs()), post);
}
