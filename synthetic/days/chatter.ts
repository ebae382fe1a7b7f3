/** What clients send beside requests: that somebody types, and what was said before. Seldom it finds no handler. */
import type { Script } from "../script";
import type { SyntheticEvent } from "../types";

const NOBODY_ROUTES = 0.03;
const NO_HANDLER = 0.02;

export function chat(script: Script): void {
  const [tab] = script.openConnections;
  if (!tab) return;
  if (script.prng.chance(0.1)) tell(script, { type: "history", ...script.on(tab) });
  if (script.prng.chance(0.25)) tell(script, { type: "typing", threadId: script.threadId, ...script.on(tab) });
}

function tell(script: Script, message: Partial<SyntheticEvent>): void {
  const sent = { ...message, messageId: `${script.setting.prefix}${message.type}`, userId: script.user };
  script.write({ stage: "received", ...sent });
  if (script.prng.chance(NOBODY_ROUTES)) return;
  const { connectionId: _connectionId, instance: _instance, ...routed } = sent;
  const fails = script.prng.chance(NO_HANDLER);
  const outcome = fails ? ({ outcome: "error", errorCode: "handler_not_found" } as const) : {};
  script.write({ stage: "routed", router: "MessageRouter", ...routed, ...outcome });
}
