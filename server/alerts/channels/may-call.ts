/** Which addresses may be called. Judged after names are resolved, so that no name leads around it. */
import ipaddr from "ipaddr.js";

/** Alertmanager usually is at a private address or on the same host. */
const RANGES = new Set(["unicast", "private", "uniqueLocal", "carrierGradeNat", "loopback"]);

/** Where clouds hand out credentials, outside the link-local range: AWS (all it serves there), Google, Scaleway, Alibaba, Azure. */
const METADATA = ["fd00:ec2::/32", "fd20:ce::254/128", "fd00:42::42/128", "100.100.100.200/32", "168.63.129.16/32"].map(
  (text) => ipaddr.parseCIDR(text),
);
/** RFC 6052: the last 32 bits are an IPv4 address that a gateway calls. */
const TRANSLATED = ipaddr.parseCIDR("64:ff9b::/96");
/** RFC 4291, deprecated: `::a.b.c.d`. */
const COMPATIBLE = ipaddr.parseCIDR("::/96");

/** Whether this address, in the notation of `dns.lookup`, may be called. */
export function mayCall(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6) {
    if (address.match(TRANSLATED)) return mayCall(address.toByteArray().slice(12).join("."));
    if (address.match(COMPATIBLE) && address.range() !== "loopback") return false;
  }
  return RANGES.has(address.range()) && !METADATA.some((range) => isIn(address, range));
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}
