import { figure } from "@/client/format";
import type { UserRow } from "@/contracts/http";

export type ShareStatus = keyof UserRow["statuses"];

/** What matters most comes first. */
const ORDER: ShareStatus[] = ["failed", "degraded", "running", "succeeded", "abandoned", "cancelled", "unobserved"];

export const SHARE_LOOKS: Record<ShareStatus, string> = {
  failed: "bg-bad-fill",
  degraded: "bg-warn-fill",
  running: "bg-accent",
  succeeded: "bg-good-fill",
  abandoned: "bg-idle-fill",
  cancelled: "bg-idle-fill",
  unobserved: "bg-line-strong",
};

export interface PreparedShares {
  parts: { status: ShareStatus; share: number }[];
  /** "2 failed, 10 succeeded"; of no journeys "no journeys". */
  text: string;
}

/** Which statuses a user's journeys have, and how much of them each is. */
export function prepareShares(statuses: UserRow["statuses"]): PreparedShares {
  const present = ORDER.filter((status) => statuses[status] > 0);
  const total = present.reduce((sum, status) => sum + statuses[status], 0);
  return {
    parts: present.map((status) => ({ status, share: statuses[status] / total })),
    text: present.map((status) => `${figure(statuses[status])} ${status}`).join(", ") || "no journeys",
  };
}
