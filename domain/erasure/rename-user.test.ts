import { describe, expect, it } from "vitest";
import { observed } from "../testing/events";
import { renameInEvent, renameInJson, renameInOccurrenceKey } from "./rename-user";

const renaming = { from: "1", to: "erased" };

describe("a user under another name", () => {
  it("is renamed in events wherever a user or content may stand, and nowhere else", () => {
    const names = { userId: "1", messageId: "1", connectionId: "1", threadId: "1", runId: "1", errorCode: "1" };
    const event = {
      ...observed(names),
      ...{ originalType: null, errorMessage: null },
      routingIds: ["2", "1"],
      attributes: { reason: "1", "1": "11" },
      payload: { type: ["1", { deep: "1" }], n: 1 },
    };
    expect(renameInEvent(event, (user) => (user === "1" ? "erased" : user))).toEqual({
      ...event,
      userId: "erased",
      routingIds: ["2", "erased"],
      errorCode: "erased",
      attributes: { reason: "erased", "1": "11" },
      payload: { type: ["erased", { deep: "erased" }], n: 1 },
    });
  });

  it("is renamed in a verdict: owner, recipients, leaks and notes, and no message of the same name", () => {
    const verdict = (user: string) => ({
      owner: user,
      claimedOwner: null,
      deliveries: [{ messageId: "1", connectionId: "1", recipient: user }],
      occurrences: [{ key: `wrong_recipient|1|1||1|2|${user}`, rule: "wrong_recipient", owner: "2", recipient: user }],
      notes: [
        { code: "unknown_user", text: `0, ${user}, 11 never authenticated on a connection: 1 claim`, eventIds: ["1"] },
        { code: "unknown_connection", text: "1 was never announced", eventIds: [] },
      ],
    });
    expect(renameInJson(verdict("1"), renaming)).toEqual(verdict("erased"));
  });

  it("is renamed in kept evidence and in waiting marks", () => {
    const kept = (user: string) => ({
      events: [{ user_id: user, run_id: "1", routing_ids: [user], attributes: { a: user } }],
    });
    expect(renameInJson(kept("1"), renaming)).toEqual(kept("erased"));
    const mark = (user: string) => ({ connections: [{ connectionId: "1", users: [user, "2"], otherUsers: [user] }] });
    expect(renameInJson(mark("1"), renaming)).toEqual(mark("erased"));
  });

  it.each([
    ["wrong_recipient|r|m|i|c|a|auth0|7", "a", "auth0|7", "wrong_recipient|r|m|i|c|a|x"],
    ["wrong_recipient|auth0|7|m|i|c|auth0|7|2", "auth0|7", "2", "wrong_recipient|auth0|7|m|i|c|x|2"],
    ["wrong_recipient|r|m|i|c|auth0|7|17", "auth0|7", "17", "wrong_recipient|r|m|i|c|x|17"],
    ["wrong_thread|r|m|i|c|auth0|7|auth0|7", "auth0|7", "auth0|7", "wrong_thread|r|m|i|c|x|x"],
    ["sent_after_close|r|m|i|c|auth0|7|", "auth0|7", null, "sent_after_close|r|m|i|c|x|"],
    ["run_crossed_users|auth0|7|b", "auth0|7", "b", "run_crossed_users|auth0|7|b"],
    ["identity_from_payload|m|i|c|auth0|7", "auth0|7", "b", "identity_from_payload|m|i|c|x"],
    ["unscoped_emit|auth0|7", null, null, "unscoped_emit|auth0|7"],
    ["identity_switch|i|c|auth0|7|b|5", "auth0|7", "b", "identity_switch|i|c|x|b|5"],
    ["identity_switch|i|auth0|7|a|auth0|7|5", "a", "auth0|7", "identity_switch|i|auth0|7|a|x|5"],
  ])("in the key %s of %s and %s becomes %s", (key, owner, recipient, expected) => {
    const rule = key.split("|")[0] ?? "";
    expect(renameInOccurrenceKey({ rule, key, owner, recipient }, { from: "auth0|7", to: "x" })).toBe(expected);
  });
});
