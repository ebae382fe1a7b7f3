/** What goes wrong before any agent starts. */
import type { Script } from "../script";
import { arrive, ask, complete, start, untilAnswer, work } from "../steps";
import { AS_IT_SHOULD_BE, type Expectation, failed } from "../types";

export const INBOUND_FAULTS = {
  notRouted(script: Script): Expectation {
    arrive(script);
    script.receive();
    return failed("routed", "not_routed");
  },

  routedWithErrorsOnly(script: Script): Expectation {
    arrive(script);
    const message = script.receive();
    script.route(message, "MessageRouter", { outcome: "error", errorCode: "handler_not_found" });
    script.wait(100);
    script.route(message, "MessageRouter", { outcome: "error", errorCode: "handler_not_found", attempt: 2 });
    return failed("routed", "not_routed", "handler_failed");
  },

  receivedWithError(script: Script): Expectation {
    arrive(script);
    script.receive({ outcome: "error", errorCode: "malformed" });
    return failed("received", "not_routed", "handler_failed");
  },

  agentNotStarted(script: Script): Expectation {
    arrive(script);
    ask(script);
    return failed("agent_started", "agent_not_started");
  },

  secondRequestNotRouted(script: Script): Expectation {
    untilAnswer(script);
    complete(script);
    if (script.style.inboundIds === "none" || script.style.runId === "late") return AS_IT_SHOULD_BE;
    script.wait(2_000);
    script.receive();
    return failed("routed", "not_routed");
  },

  secondRequestNotStarted(script: Script): Expectation {
    untilAnswer(script);
    complete(script);
    if (script.style.inboundIds === "none" || script.style.runId === "late") return AS_IT_SHOULD_BE;
    script.wait(2_000);
    script.route(script.receive());
    return failed("agent_started", "agent_not_started");
  },

  severalRequests(script: Script): Expectation {
    untilAnswer(script);
    complete(script);
    if (script.style.inboundIds === "none" || script.style.runId === "late") return AS_IT_SHOULD_BE;
    script.wait(15_000);
    ask(script);
    start(script);
    work(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  healthy(script: Script): Expectation {
    untilAnswer(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },
} satisfies Record<string, (script: Script) => Expectation>;
