/** The usual course of a journey in steps, with variations that degrade it and break nothing. */
import type { Script } from "./script";
import type { SyntheticEvent } from "./types";

/** Opens the user's tabs, unless they are open already. */
export function arrive(script: Script): void {
  for (let tab = script.openConnections.length; tab < script.style.tabs; tab++) script.open();
  script.wait(script.prng.int(10, 500));
  if (script.prng.chance(0.2)) {
    const [first] = script.openConnections;
    if (first) script.write({ stage: "received", type: "ping", userId: script.user, ...script.on(first) });
  }
}

/** A request that is received and routed; at times two routers take it, or one takes it twice. */
export function ask(script: Script): void {
  const message = script.receive();
  if (script.mishap(0.1)) script.route(message, "BrokenRouter", { outcome: "error", errorCode: "handler_exception" });
  script.route(message);
  if (script.mishap(0.05)) script.route(message, "MessageRouter", { attempt: 2 });
  if (script.mishap(0.05)) script.route(message, "app.routing:MessageRouter");
  if (script.mishap(0.05)) {
    script.route(message, "QualityMessageRouter");
    script.added.add("router_conflict");
  }
  script.linger(20, 400);
}

export function start(script: Script, fields: Partial<SyntheticEvent> = {}): void {
  script.deliver("agent_started", fields);
}

/** A thought; at times sent twice to one connection, or after a send that failed. */
export function think(script: Script, fields: Partial<SyntheticEvent> = {}): void {
  const message = script.emit("agent_thinking", fields);
  const [first] = script.openConnections;
  if (first && script.mishap(0.1)) script.send(message, first, { outcome: "error", errorCode: "EPIPE" });
  script.sendToAll(message);
  if (first && script.style.outboundIds !== "none" && script.mishap(0.05)) {
    script.send(message, first, { attempt: 2 });
    script.added.add("duplicate_delivery");
  }
  script.linger(20, 300);
}

/** Fields that name one call of a tool. */
export function toolCall(script: Script, number: number): Partial<SyntheticEvent> {
  const toolName = script.prng.pick(["search", "sql"]);
  return script.style.toolCallIds ? { toolName, toolCallId: `${script.setting.prefix}call${number}` } : { toolName };
}

export function runTool(script: Script, number = 0): void {
  const call = toolCall(script, number);
  script.deliver("tool_executing", call);
  const fails = script.mishap(0.05);
  if (fails) script.added.add("tool_failed");
  script.deliver("tool_completed", { ...call, ...(fails ? { outcome: "error", errorCode: "timeout" } : {}) });
}

export function complete(script: Script, fields: Partial<SyntheticEvent> = {}): void {
  script.deliver("agent_completed", fields);
  if (script.style.persists) script.write({ stage: "persisted", runId: script.runId(), ...script.thread() });
}

/** Between started and completed: thoughts, tools, helpers. */
export function work(script: Script): void {
  think(script);
  if (script.prng.chance(0.6)) runTool(script);
  if (script.prng.chance(0.2)) runTool(script, 1);
  if (script.prng.chance(0.2)) delegate(script, "triage");
}

export function delegate(script: Script, agentName: string): void {
  const helper = { agentName, parentAgent: "supervisor" };
  start(script, helper);
  think(script, helper);
  script.deliver("agent_completed", helper);
}

/** A whole request with its answer, up to but not including `agent_completed`. */
export function untilAnswer(script: Script): void {
  arrive(script);
  ask(script);
  start(script);
  work(script);
}
