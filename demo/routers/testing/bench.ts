/**
 * Routers on a bench: connections that keep what was written to them, a store that answers when told to, runs that
 * emit when told to. Nothing here depends on time.
 */
import type { EmitterEvent } from "@/emitter/index";
import type { AgentEvent, Backend, Connection, InboundMessage, RoutingLayer, RunRequest } from "../ports";

export interface BenchConnection extends Connection {
  open: boolean;
  /** What reached the client, while the connection was open. */
  inbox: AgentEvent[];
  /** Confirms everything that was written. */
  confirm(): void;
}

export interface Bench {
  routing: RoutingLayer;
  reports: EmitterEvent[];
  runs: (RunRequest & { runId: string })[];
  stopped: string[];
  connect(userId: string): BenchConnection;
  close(connection: BenchConnection): void;
  /** Sends a message in; the store has not answered yet. */
  say(connection: Connection, type: string, messageId: string, threadId?: string): Promise<unknown>;
  /** The store answers everything asked so far, in order. */
  storeAnswers(): Promise<void>;
  /** An agent of the run emits; `tool` makes it a tool's event. */
  emit(runIndex: number, type: string, tool?: string): AgentEvent;
  end(runIndex: number): void;
  /** Reports of a stage about one message. */
  about(stage: EmitterEvent["stage"], messageId: string): EmitterEvent[];
}

export function createBench(createRouting: (backend: Backend) => RoutingLayer): Bench {
  const reports: EmitterEvent[] = [];
  const runs: (RunRequest & { runId: string })[] = [];
  const stopped: string[] = [];
  let asked: (() => void)[] = [];
  let connections = 0;
  let emitted = 0;
  const ask = () => new Promise<void>((resolve) => asked.push(resolve));

  const routing = createRouting({
    report: (event) => reports.push(event),
    loadThread: ask,
    loadProfile: ask,
    startRun(request) {
      const runId = `run-${runs.length + 1}`;
      runs.push({ ...request, runId });
      return runId;
    },
    stopRuns: (userId, threadId) => stopped.push(`${userId}/${threadId}`),
  });

  function connect(userId: string): BenchConnection {
    connections += 1;
    const id = `c${connections}`;
    const waiting: (() => void)[] = [];
    const connection: BenchConnection = {
      id,
      userId,
      open: true,
      inbox: [],
      write(event, router, acknowledged) {
        reports.push({ stage: "sent", type: event.type, messageId: event.messageId, connectionId: id, router });
        if (!connection.open) return;
        connection.inbox.push(event);
        if (acknowledged) waiting.push(acknowledged);
      },
      confirm: () => {
        for (const acknowledge of waiting.splice(0)) acknowledge();
      },
    };
    routing.connected(connection);
    return connection;
  }

  return {
    routing,
    reports,
    runs,
    stopped,
    connect,
    close(connection) {
      connection.open = false;
      routing.disconnected(connection);
    },
    say(connection, type, messageId, threadId = `${connection.userId}-thread`) {
      const message: InboundMessage = { type, messageId, threadId, text: "hello", attempt: 1 };
      return routing.inbound(connection, message);
    },
    async storeAnswers() {
      const waiting = asked;
      asked = [];
      for (const resolve of waiting) resolve();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
    emit(runIndex, type, tool) {
      const run = runs[runIndex];
      if (!run) throw new Error(`run ${runIndex} has not started`);
      emitted += 1;
      const event: AgentEvent = {
        type,
        messageId: `e${emitted}`,
        runId: run.runId,
        threadId: run.threadId,
        userId: run.userId,
        inReplyTo: run.inReplyTo,
        agentName: "supervisor",
        seq: emitted,
        text: "",
        ...(tool === undefined ? {} : { toolName: tool }),
      };
      routing.outbound(event);
      return event;
    },
    end(runIndex) {
      const run = runs[runIndex];
      if (run) routing.runEnded(run.runId, run.threadId);
    },
    about: (stage, messageId) => reports.filter((event) => event.stage === stage && event.messageId === messageId),
  };
}
