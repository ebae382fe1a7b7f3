import { expect, it } from "vitest";
import { NETWORK_ERRORS, SLACK_ERRORS } from "./delivery";
import { describeDelivery, describeError } from "./describe-delivery";

it("every delivery says in words where it stands", () => {
  const says = [
    describeDelivery({ state: "waiting", attempts: 0, statusCode: null, error: null }),
    describeDelivery({ state: "waiting", attempts: 2, statusCode: 500, error: "status" }),
    describeDelivery({ state: "sent", attempts: 1, statusCode: 200, error: null }),
    describeDelivery({ state: "failed", attempts: 1, statusCode: 401, error: "status" }),
    describeDelivery({ state: "failed", attempts: 1, statusCode: 404, error: "no_service" }),
    describeDelivery({ state: "expired", attempts: 70, statusCode: null, error: "timeout" }),
    describeDelivery({ state: "cancelled", attempts: 1, statusCode: 503, error: "status" }),
  ];
  expect(says).toEqual([
    "Waits to be sent",
    "Tried 2 times, will be tried again: it answered HTTP 500",
    "Delivered (HTTP 200)",
    "Refused for good: it answered HTTP 401: the sign-in is missing or wrong",
    "Refused for good: the Slack webhook was removed or switched off (HTTP 404)",
    "Given up after 6 hours and 70 attempts: there was no answer within 5 seconds",
    "Not sent: the channel was switched off: it answered HTTP 503",
  ]);
});

it("every error that may happen has words", () => {
  for (const error of [...NETWORK_ERRORS, ...SLACK_ERRORS, "address", "secret", "redirect", "rate_limited"]) {
    expect(describeError(null, error), error).toMatch(/ /);
  }
});
