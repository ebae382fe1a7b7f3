import { describe, expect, it } from "vitest";
import { channelRow } from "../testing/channel-row";
import { addressText, isOpen } from "./channel-words";
import { emptyChannel, ofKind, prepareChannel, problemsOf, type TypedChannel, typedChannel } from "./prepare-channel";

const typed = (over: Partial<TypedChannel> = {}): TypedChannel => ({
  ...emptyChannel("prod"),
  ...{ name: "Pager", url: "https://pager.example.com/hook" },
  ...over,
});

describe("a channel that was typed", () => {
  it("to an Alertmanager is told everything, unless somebody chose otherwise", () => {
    expect(ofKind(typed(), "alertmanager").minimumSeverity).toBe("info");
    expect(ofKind(ofKind(typed(), "alertmanager"), "slack").minimumSeverity).toBe("warning");
    expect(ofKind(typed({ minimumSeverity: "high" }), "alertmanager").minimumSeverity).toBe("high");
  });

  it("is sent whole when it is new", () => {
    const auth = { auth: "basic", user: "u", password: "p" } as const;
    const header = { header: "set", headerName: " X-Team ", headerValue: "v" } as const;
    expect(prepareChannel(typed({ ...auth, ...header }), null).send?.body).toMatchObject({
      ...{ kind: "webhook", name: "Pager", url: "https://pager.example.com/hook", environments: ["prod"] },
      ...{ auth: { kind: "basic", user: "u", password: "p" }, header: { name: "X-Team", value: "v" } },
    });
  });

  it("of Slack has no sign-in, whatever was typed before the kind was chosen", () => {
    const send = prepareChannel(typed({ kind: "slack", auth: "bearer", token: "t", header: "set" }), null).send;
    expect(send?.body).toMatchObject({ kind: "slack", auth: null, header: null });
  });

  it("names each field that is wrong", () => {
    const wrong = (over: Partial<TypedChannel>) => Object.keys(prepareChannel(typed(over), null).problems);
    expect(wrong({ name: " ", url: "pager", environments: [] })).toEqual(["name", "url", "environments"]);
    expect(wrong({ auth: "bearer", token: "a b" })).toEqual(["token"]);
    expect(wrong({ auth: "basic", user: "" })).toEqual(["user"]);
    expect(wrong({ header: "set", headerName: "Host", headerValue: "" })).toEqual(["headerName", "headerValue"]);
  });

  it("sends of a stored one nothing that is kept", () => {
    const stored = channelRow({ auth: "bearer", headerName: "X-Team" });
    const begun = typedChannel(stored);
    expect(prepareChannel(begun, stored).send).toEqual({
      id: "c1",
      body: { name: "Pager", environments: ["prod"], minimumSeverity: "warning", sendResolved: true, enabled: true },
    });
    const changed = prepareChannel({ ...begun, url: "https://other.example/", auth: "none" }, stored);
    expect(changed.send?.body).toMatchObject({ url: "https://other.example/", auth: null });
    expect(changed.send?.body).not.toHaveProperty("header");
  });
});

it("what the server refuses stands at the field that it was typed into", () => {
  expect(
    problemsOf([
      { field: "auth", message: "must be given again" },
      { field: "header.value", message: "x" },
    ]),
  ).toEqual({
    ...{ auth: "must be given again", headerValue: "x" },
  });
});

it("of an address the host and the end are shown", () => {
  expect(addressText({ scheme: "https", host: "hooks.slack.com", ends: "abcd" })).toBe("https://hooks.slack.com/…abcd");
  expect(addressText({ scheme: "http", host: "127.0.0.1:9093", ends: "" })).toBe("http://127.0.0.1:9093");
});

it("an address on the same host is not open to others", () => {
  const open = (host: string, scheme: "http" | "https" = "http") => isOpen({ scheme, host, ends: "" });
  expect(["localhost:9093", "127.0.0.1", "[::1]:80"].map((host) => open(host))).toEqual([false, false, false]);
  expect([open("10.0.0.1"), open("localhost.example"), open("10.0.0.1", "https")]).toEqual([true, true, false]);
});
