import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { z } from "zod";
import { countWaitingDeliveries } from "@/server/storage/alerts/channel-rows";
import { visibleEnvironments } from "../authenticate";
import { environmentParameter, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

const WINDOW_MS = 3_600_000;
const metricsQuery = z.object(environmentParameter);

/** Prometheus metrics of this process and of what the key may see. Never a user id as a label. */
export function addMetricsRoute(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, nowMs, live } = dependencies;
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  scope.addHook("onClose", async () => process.clear());

  scope.get("/metrics", async (request, reply) => {
    const query = parseQuery(metricsQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const registers = [new Registry()];
    const gauge = (name: string, help: string, labelNames: string[] = []) =>
      new Gauge({ name, help, labelNames, registers });
    const judged = await queries.judged();
    gauge("signalbox_judge_backlog", "Marks waiting to be judged.").set(judged.backlog);
    gauge("signalbox_judge_set_aside", "Subjects set aside because judging them threw.").set(judged.setAside);
    gauge("signalbox_judge_lag_seconds", "How far judging is behind.").set(
      judged.backlog === 0 ? 0 : Math.max(0, nowMs() - Date.parse(judged.upTo)) / 1_000,
    );
    if (live) {
      gauge("signalbox_live_sockets", "Sockets on /live.").set(live.connectedSockets());
      gauge("signalbox_live_dropped_deltas", "Deltas not sent because subscribers were too slow.").set(
        live.droppedDeltas(),
      );
    }
    const journeys = gauge("signalbox_journeys_last_hour", "Journeys begun in the last hour.", [
      "environment",
      "status",
    ]);
    const reliability = gauge("signalbox_reliability_last_hour", "Good share of finished journeys.", ["environment"]);
    const incidents = gauge("signalbox_incidents_open", "Open incidents.", ["environment"]);
    const deliveries = gauge("signalbox_alert_deliveries_waiting", "Alerts still to be told through a channel.", [
      "environment",
    ]);
    const waiting = await countWaitingDeliveries(db);
    for (const environment of environments) {
      deliveries.set({ environment }, waiting.get(environment) ?? 0);
      const view = await queries.overview({ environments: [environment], fromMs: nowMs() - WINDOW_MS, toMs: nowMs() });
      for (const [status, count] of Object.entries(view.journeys)) journeys.set({ environment, status }, count);
      if (view.reliability.ratio !== null) reliability.set({ environment }, view.reliability.ratio);
      incidents.set({ environment }, view.incidents.open);
    }
    const merged = Registry.merge([process, ...registers]);
    return reply.type(merged.contentType).send(await merged.metrics());
  });
}
