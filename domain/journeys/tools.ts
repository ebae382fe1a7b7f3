/** Tool calls paired with their ends: by call id, without one by the tool's name, counted. */
import type { Message } from "./messages";

export interface ToolCalls {
  calls: Message[];
  ends: Message[];
  /** Calls without an end. */
  open: Message[];
}

export function pairTools(messages: readonly Message[]): ToolCalls {
  const calls = messages.filter((message) => message.type === "tool_executing");
  const ends = messages.filter((message) => message.type === "tool_completed");
  const unused = new Set(ends);
  const take = (fits: (end: Message) => boolean): boolean => {
    for (const end of unused) {
      if (!fits(end)) continue;
      unused.delete(end);
      return true;
    }
    return false;
  };
  const withoutTwin = calls.filter(
    (call) =>
      call.toolCallId === null || !take((end) => end.toolCallId === call.toolCallId && end.runId === call.runId),
  );
  const open = withoutTwin.filter(
    (call) =>
      !take(
        (end) =>
          end.toolName === call.toolName &&
          end.runId === call.runId &&
          (end.toolCallId === null || call.toolCallId === null),
      ),
  );
  return { calls, ends, open };
}
