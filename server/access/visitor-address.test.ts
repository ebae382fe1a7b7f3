import { describe, expect, it } from "vitest";
import { createAddressOf, isAddressRange } from "./visitor-address";

const request = (remoteAddress: string | undefined, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
});

describe("the address of a visitor", () => {
  it.each([
    ["203.0.113.7", undefined, [], "203.0.113.7"],
    ["::ffff:203.0.113.7", undefined, [], "203.0.113.7"],
    ["203.0.113.7", "198.51.100.1", [], "203.0.113.7"],
    ["203.0.113.7", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.7"],
    ["10.0.0.2", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
    ["::ffff:10.0.0.2", "forged, 198.51.100.1, 10.9.9.9", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.2", undefined, ["10.0.0.0/8"], "10.0.0.2"],
    ["10.0.0.2", "not an address", ["10.0.0.0/8"], "10.0.0.2"],
    ["::1", "2001:db8::7", ["::1", "127.0.0.1"], "2001:db8::7"],
    [undefined, undefined, ["::1"], ""],
  ])("behind %s, forwarded for %s, trusting %j: %s", (peer, forwarded, trusted, address) => {
    expect(createAddressOf(trusted)(request(peer, forwarded))).toBe(address);
  });

  it.each([
    ["127.0.0.1", true],
    ["10.0.0.0/8", true],
    ["::1/128", true],
    ["10.0.0.0/33", false],
    ["10.0.0.0/8/8", false],
    ["proxy.example", false],
    ["", false],
  ])("%s is an address or a range: %s", (text, right) => {
    expect(isAddressRange(text)).toBe(right);
  });
});
