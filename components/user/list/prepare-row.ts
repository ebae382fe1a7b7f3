import type { TimelineEvent } from "@/contracts/http";

export interface PreparedRow {
  /** What made it: tool or agent of an emitted event, the router of one on its way; else the service. */
  by: string | null;
  /** Where it went or came from. */
  on: string | null;
  failed: boolean;
  /** What is out of the ordinary about whose it is; `bad` where it is known as a leak. */
  mark: { text: string; title: string; bad: boolean } | null;
}

/** A row of the timeline of `user`; `leaked` are the events that prove a leak. */
export function prepareRow(event: TimelineEvent, user: string, leaked: ReadonlySet<string>): PreparedRow {
  return {
    by: makerOf(event) ?? event.service ?? null,
    on: event.connectionId ?? null,
    failed: event.outcome === "error" || event.stage === "dropped",
    mark: markOf(event, user, leaked.has(event.id)),
  };
}

function makerOf({ stage, toolName, agentName, router }: TimelineEvent): string | undefined {
  return stage === "emitted" ? (toolName ?? agentName ?? router) : (router ?? agentName ?? toolName);
}

function markOf(
  { foreignOwner, connectionUser, userId }: TimelineEvent,
  user: string,
  bad: boolean,
): PreparedRow["mark"] {
  if (foreignOwner !== undefined)
    return { text: `of ${foreignOwner}`, title: `a message of ${foreignOwner}, seen by ${user}`, bad };
  if (connectionUser !== undefined && connectionUser !== user)
    return { text: `to ${connectionUser}`, title: `on a connection of ${connectionUser}`, bad };
  if (userId !== undefined && userId !== user)
    return { text: `claims ${userId}`, title: `names ${userId} as its user`, bad };
  return bad ? { text: "leak", title: "proves a leak", bad } : null;
}
