/** What people ask for, and through which of the clients' ways of asking. */
import type { Random } from "../random";

/** Shares add up to 1. `agent_request` is what the newest mobile client sends. */
export const REQUEST_TYPES = [
  { type: "user_message", share: 0.74 },
  { type: "start_agent", share: 0.13 },
  { type: "chat", share: 0.1 },
  { type: "agent_request", share: 0.03 },
] as const;

const SUBJECTS = [
  "the quarterly numbers",
  "our travel plans",
  "this contract",
  "the release notes",
  "a dinner for six",
] as const;
const VERBS = ["Summarise", "Compare", "Explain", "Check", "Plan", "Rewrite"] as const;

export const requestText = (random: Random): string => `${random.pick(VERBS)} ${random.pick(SUBJECTS)}`;
