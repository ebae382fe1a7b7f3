/** Plays the script with real connections: opens tabs, asks, loses the network, leaves. */
import type { Ledger } from "../ledger/ledger";
import type { Pace } from "../pace";
import { type ChatClient, createChatClient } from "./chat-client";
import { REQUEST_TYPES } from "./requests";
import { BEAT_MS, type UserAction } from "./user-script";

export interface SimulatedUsersOptions {
  url: string;
  script: Iterator<UserAction[], void>;
  /** Plays so many beats and then only waits; without end where absent. */
  beats?: number;
  tokenOf(userId: string): string;
  ledger: Ledger;
  pace: Pace;
}

export interface SimulatedUsers {
  /** Resolves when the last beat was played. */
  finished: Promise<void>;
  leaveAll(): void;
}

const isRequest = (type: string) => REQUEST_TYPES.some((known) => known.type === type);

export function startSimulatedUsers(options: SimulatedUsersOptions): SimulatedUsers {
  const { url, script, beats = Number.POSITIVE_INFINITY, tokenOf, ledger, pace } = options;
  const tabs = new Map<string, ChatClient[]>();
  const open = (userId: string) =>
    createChatClient({
      url,
      token: tokenOf(userId),
      received: (connectionId, frame) => ledger.received(userId, connectionId, frame),
    });

  function perform(action: UserAction) {
    const own = tabs.get(action.userId) ?? [];
    switch (action.kind) {
      case "arrive":
        tabs.set(
          action.userId,
          Array.from({ length: action.tabs }, () => open(action.userId)),
        );
        return;
      case "leave":
        ledger.left(action.userId);
        for (const tab of own) tab.leave();
        tabs.delete(action.userId);
        return;
      case "drop": {
        const tab = own[action.tab];
        tab?.drop();
        void pace.wait(action.backAfterMs).then(() => {
          if (tab && tabs.get(action.userId)?.includes(tab)) tab.reconnect();
        });
        return;
      }
      case "say": {
        const { userId, messageId, threadId, type, text } = action;
        const tab = own[action.tab] ?? own[0];
        if (!tab) return;
        if (isRequest(type)) ledger.asked({ messageId, userId, threadId, type });
        tab.say({ type, messageId, threadId, text }, isRequest(type));
      }
    }
  }

  async function play() {
    for (let beat = 0; beat < beats; beat += 1) {
      const next = script.next();
      if (next.done) return;
      for (const action of next.value) perform(action);
      await pace.wait(BEAT_MS);
    }
  }

  return {
    finished: play(),
    leaveAll() {
      for (const [userId, own] of tabs) {
        ledger.left(userId);
        for (const tab of own) tab.leave();
      }
      tabs.clear();
    },
  };
}
