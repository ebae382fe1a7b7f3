import type { Overview } from "@/contracts/http";
import type { Tally } from "./tally";

/** Routers by the messages they handled, busiest first. Shares are of all routers' messages. */
export function routerShares(now: Tally): Overview["routers"] {
  const routers = [...now.named("router/")].map(([router, counts]) => ({
    router,
    messages: counts.get("messages") ?? 0,
    errors: counts.get("errors") ?? 0,
  }));
  const total = routers.reduce((sum, { messages }) => sum + messages, 0);
  return routers
    .filter(({ messages, errors }) => messages > 0 || errors > 0)
    .sort((a, b) => b.messages - a.messages || (a.router < b.router ? -1 : 1))
    .map((router) => ({ ...router, share: total > 0 ? router.messages / total : 0 }));
}
