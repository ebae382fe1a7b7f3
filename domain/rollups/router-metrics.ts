/**
 * Names of the counters of routers: a JSON array of the kind, the router and what is counted of it. They are kept apart
 * from the other counters, because there are many of them and few are read at once.
 */
import type { ObservedEvent } from "../telemetry/event";

/** No error. */
export const OK = "";
/** The code of an error that came without one. */
export const NO_CODE = "error";

/** The router of messages that no router is known to have taken. */
export const NO_ROUTER = "";

/** What became of an inbound message that is no request: it arrived, and was then routed, failed, or could not be seen further. */
export type InboundFate = "received" | "routed" | "failed" | "unseen";

export const routerMetric = {
  /** Messages that a router handled, by outcome: {@link OK} or an error's code. */
  message: (router: string, outcome: string) => JSON.stringify(["message", router, outcome]),
  /** Messages by type, handler and outcome. */
  handler: (router: string, type: string, handler: string | null, outcome: string) =>
    JSON.stringify(["handler", router, type, handler, outcome]),
  /** Messages by the bucket of the time that routing took. */
  latency: (router: string, bucket: number) => JSON.stringify(["latency", router, bucket]),
  /** Messages by where the router runs and in which version. */
  source: (router: string, { service, instance, version }: Pick<ObservedEvent, "service" | "instance" | "version">) =>
    JSON.stringify(["source", router, service, instance, version]),
  /** Inbound messages that are no requests, all under {@link NO_ROUTER}. `code` is an error's, else {@link OK}. */
  inbound: (type: string, router: string | null, fate: InboundFate, code: string) =>
    JSON.stringify(["inbound", NO_ROUTER, type, router, fate, code]),
};

export type RouterMetricKind = keyof typeof routerMetric;

/** The code that an event counts under: an error, or given up on purpose. */
export function outcomeOf({ stage, outcome, errorCode }: ObservedEvent): string {
  return outcome === "error" || stage === "dropped" ? (errorCode ?? NO_CODE) : OK;
}
