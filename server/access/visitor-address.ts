/** Where a request comes from, also behind proxies of our own. */
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

interface Arrival {
  socket: { remoteAddress?: string | undefined };
  headers: IncomingMessage["headers"];
}
export type AddressOf = (request: Arrival) => string;

/**
 * Makes the function that names the sender's address: the peer's own, or, where the peer is one of the `trusted`
 * proxies, the last address in `X-Forwarded-For` that is none of them. What comes before it can be forged.
 */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  const proxies = new BlockList();
  for (const range of trusted) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    proxies.addSubnet(address, Number(bits ?? (family === "ipv6" ? 128 : 32)), family);
  }
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

  return ({ socket, headers }) => {
    const hops = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    let address = plain(socket.remoteAddress ?? "");
    while (isIP(address) !== 0 && isProxy(address)) {
      const before = plain(hops.pop() ?? "");
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** Whether `text` is an address or a range such as 10.0.0.0/8. */
export function isAddressRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

/** An IPv4 address that a dual-stack socket shows as IPv6 is the IPv4 address. */
function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}
