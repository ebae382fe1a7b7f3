/** Where a routing layer meets the rest of the chat backend. Both layers live behind these shapes. */
import type { EmitterEvent } from "@/emitter/event";

/** A message that came from a client. */
export interface InboundMessage {
  type: string;
  messageId: string;
  threadId: string;
  text: string;
  /** 1, or more when the client sends it again. */
  attempt: number;
}

/** A message that an agent or tool produced for a user. */
export interface AgentEvent {
  type: string;
  messageId: string;
  runId: string;
  threadId: string;
  /** For whom the run was started. */
  userId: string;
  inReplyTo: string;
  agentName: string;
  parentAgent?: string;
  toolName?: string;
  toolCallId?: string;
  seq: number;
  outcome?: "ok" | "error";
  text: string;
}

/** One connection of one signed-in user. */
export interface Connection {
  readonly id: string;
  readonly userId: string;
  readonly open: boolean;
  /** Hands the event to the socket. Returns at once and never throws, on a closed connection too. */
  write(event: AgentEvent, router: string, acknowledged?: () => void): void;
}

export interface RunRequest {
  userId: string;
  threadId: string;
  inReplyTo: string;
  text: string;
  /** Asked before every step; the run ends quietly when it says no. */
  goOn?: () => boolean;
}

/** What routers use of the backend. */
export interface Backend {
  /** Telemetry. */
  report(event: EmitterEvent): void;
  /** Reads the thread's history from the store. */
  loadThread(threadId: string): Promise<void>;
  /** Reads what a user prefers from the store. */
  loadProfile(userId: string): Promise<void>;
  /** Starts agents on a request and returns the run's id before its first event. */
  startRun(request: RunRequest): string;
  /** Ends the open runs of a user in a thread. */
  stopRuns(userId: string, threadId: string): void;
}

export interface Answer {
  status: "ok" | "error";
}

export interface RoutingLayer {
  connected(connection: Connection): void;
  disconnected(connection: Connection): void;
  inbound(connection: Connection, message: InboundMessage): Promise<Answer>;
  outbound(event: AgentEvent): void;
  /** The agents are done with a run. */
  runEnded(runId: string, threadId: string): void;
}

/** The fields of an inbound message that telemetry about it carries. */
export const aboutMessage = (message: InboundMessage, userId: string) => ({
  type: message.type,
  messageId: message.messageId,
  threadId: message.threadId,
  userId,
  attempt: message.attempt,
});

/** The fields of an outbound message that telemetry about it carries. */
export const aboutEvent = (event: AgentEvent) => ({
  type: event.type,
  messageId: event.messageId,
  runId: event.runId,
  threadId: event.threadId,
  userId: event.userId,
  agentName: event.agentName,
  seq: event.seq,
  ...(event.parentAgent === undefined ? {} : { parentAgent: event.parentAgent }),
  ...(event.toolName === undefined ? {} : { toolName: event.toolName }),
  ...(event.toolCallId === undefined ? {} : { toolCallId: event.toolCallId }),
});
