/** Odd but legal ways to report: no run ids, runs nobody asked for, connections without a user, announcements. */
import type { Script } from "../script";
import { arrive, ask, complete, runTool, start, think, work } from "../steps";
import { AS_IT_SHOULD_BE, type Expectation } from "../types";

export const IDENTITY_ODDITIES = {
  /** A scheduled agent: no request, and the owner is whom its events claim. */
  runNobodyAskedFor(script: Script): Expectation {
    script.style.claim = "owner";
    arrive(script);
    start(script);
    think(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  /** The source has no runs: every agent event names the request that it answers. */
  noRunIds(script: Script): Expectation {
    script.style.inboundIds = "unique";
    script.style.outboundIds = "unique";
    script.style.runId = "late";
    script.style.runOnDeliveries = false;
    script.style.persists = false;
    arrive(script);
    ask(script);
    start(script);
    think(script);
    if (script.prng.chance(0.5)) runTool(script);
    complete(script);
    const [request] = script.inboundIds;
    for (const event of script.events) {
      if (event.stage !== "emitted" || request === undefined) continue;
      delete event.runId;
      event.inReplyTo = request;
    }
    script.runIds.length = 0;
    return AS_IT_SHOULD_BE;
  },

  /** Signalbox reconnected in mid-run, and the source told its open connections again. */
  announcedAgain(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    for (const connection of script.openConnections) {
      const snapshot = { ...script.on(connection), attributes: { snapshot: true } };
      script.write({ stage: "connection_opened", ...snapshot });
      script.write({ stage: "connection_authenticated", userId: script.user, ...snapshot });
    }
    work(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  /** The first try to sign in is refused. */
  refusedAtFirst(script: Script): Expectation {
    const refused = { id: `${script.setting.prefix}refused`, instance: script.setting.instance };
    script.write({ stage: "connection_opened", ...script.on(refused) });
    const reason = { outcome: "error", errorCode: "auth_failed" } as const;
    script.write({ stage: "connection_rejected", ...reason, ...script.on(refused) });
    script.write({ stage: "connection_closed", ...script.on(refused), attributes: { closeCode: 1008 } });
    arrive(script);
    ask(script);
    start(script);
    work(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  /** The user is told after the connection was opened, or in the other order. */
  authenticatedBeforeOpened(script: Script): Expectation {
    script.style.tabs = 1;
    arrive(script);
    const [opened, authenticated] = script.events;
    if (opened && authenticated) [opened.time, authenticated.time] = [authenticated.time, opened.time];
    ask(script);
    start(script);
    work(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },
} satisfies Record<string, (script: Script) => Expectation>;
