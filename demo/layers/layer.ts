import type { Backend, RoutingLayer } from "../routers/ports";

/** One way to route the demo's messages, and the version of the chat that does. */
export interface Layer {
  version: string;
  create(backend: Backend): RoutingLayer;
}
