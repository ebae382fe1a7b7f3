/** What travels between a chat client and the chat backend. */
import { z } from "zod";

export const CHAT_NAMESPACE = "/chat";

const name = z.string().min(1).max(120);

/** Client → server, event `message`, acknowledged with the router's answer. */
export const chatMessage = z.object({
  type: name,
  messageId: name,
  threadId: name,
  text: z.string().max(2_000).default(""),
  attempt: z.number().int().min(1).max(100).default(1),
});

/** Server → client, event `agent`, acknowledged by the client as soon as it has it. */
export interface ChatFrame {
  type: string;
  messageId: string;
  runId: string;
  threadId: string;
  inReplyTo: string;
  agentName: string;
  parentAgent?: string;
  toolName?: string;
  outcome?: "ok" | "error";
  text: string;
}
