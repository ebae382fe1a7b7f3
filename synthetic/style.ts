/** How one service reports: which ids it has and which habits. Every style is legal telemetry. */
import type { Prng } from "./prng";

export interface Style {
  /** Ids of inbound messages: unique, counted by each user's client from 1 (so that users share them), or none. */
  inboundIds: "unique" | "per_user" | "none";
  /** Ids of outbound messages: unique, counted in each run from 1, or none. */
  outboundIds: "unique" | "per_run" | "none";
  /** Whether the request already knows its run, or the first agent event joins them. */
  runId: "from_the_start" | "late";
  seq: boolean;
  /** Whether `sent` and `acked` name the run (else they join by message id). */
  runOnDeliveries: boolean;
  acks: boolean;
  tabs: 1 | 2;
  persists: boolean;
  /** What agents put into `userId`. */
  claim: "owner" | "thread" | "none";
  toolCallIds: boolean;
  /** Whether messages name their thread. */
  threads: boolean;
  requestType: "user_message" | "chat" | "chat_message";
  /** Whether agent events go by other names (`reasoning` for `agent_thinking`). */
  aliases: boolean;
}

/** A style at random, without combinations in which nothing joins an event to its run. */
export function drawStyle(prng: Prng): Style {
  const outboundIds = prng.pick(["unique", "unique", "per_run", "none"] as const);
  const inboundIds = prng.pick(["unique", "unique", "per_user", "none"] as const);
  const runId = inboundIds === "none" || prng.chance(0.6) ? "from_the_start" : "late";
  const claim = prng.pick(["owner", "owner", "owner", "thread", "none"] as const);
  const isAmbiguousWithoutThread = inboundIds === "per_user" && runId === "late" && claim !== "owner";
  return {
    inboundIds,
    outboundIds,
    runId,
    seq: prng.chance(0.7),
    runOnDeliveries: outboundIds !== "unique" || prng.chance(0.7),
    acks: prng.chance(0.25),
    tabs: prng.chance(0.2) ? 2 : 1,
    persists: prng.chance(0.5),
    claim,
    toolCallIds: prng.chance(0.7),
    threads: isAmbiguousWithoutThread || prng.chance(0.8),
    requestType: prng.pick(["user_message", "user_message", "chat", "chat_message"] as const),
    aliases: prng.chance(0.2),
  };
}

export const PLAIN_STYLE: Style = {
  inboundIds: "unique",
  outboundIds: "unique",
  runId: "from_the_start",
  seq: true,
  runOnDeliveries: true,
  acks: false,
  tabs: 1,
  persists: false,
  claim: "owner",
  toolCallIds: true,
  threads: true,
  requestType: "user_message",
  aliases: false,
};
