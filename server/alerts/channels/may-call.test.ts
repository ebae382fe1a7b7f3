import { describe, expect, it } from "vitest";
import { mayCall } from "./may-call";

describe("an address", () => {
  it.each([
    ...["93.184.216.34", "2606:4700::1111", "10.1.2.3", "172.16.0.9", "192.168.1.2", "fd12:3456::1"],
    ...["100.64.0.1", "127.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::5db8:d822"],
  ])("may be called: %s", (address) => expect(mayCall(address)).toBe(true));

  it.each([
    // Link-local, and in it the metadata of most clouds.
    ...["169.254.169.254", "169.254.170.2", "169.254.0.1", "fe80::1", "fe80::1%eth0", "fe80::a9fe:a9fe"],
    // The same in other notations.
    ...["::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "::a9fe:a9fe", "::ffff:0:a9fe:a9fe"],
    ...["2002:a9fe:a9fe::1", "64:ff9b:1::a9fe:a9fe", "2001:0:a9fe:a9fe::1"],
    // Metadata elsewhere.
    ...[
      "fd00:ec2::254",
      "fd00:0ec2:0:0::0254",
      "fd00:ec2::23",
      "fd00:ec2:1::1",
      "fd00:42::42",
      "fd20:ce::254",
      "100.100.100.200",
      "::ffff:100.100.100.200",
    ],
    ...["168.63.129.16", "192.0.0.192"],
    // Nobody in particular.
    ...["0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0", "224.0.0.1", "239.255.255.250", "ff02::1", "255.255.255.255"],
    ...["240.0.0.1", "198.51.100.1", "2001:db8::1", "fec0::1", "100::1"],
    ...["", "localhost", "127.0.0.1.evil.example"],
  ])("may not be called: %s", (address) => expect(mayCall(address)).toBe(false));
});
