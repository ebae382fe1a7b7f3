import type { Prisma } from "@/server/storage/generated/client";

const MADE = new Date("2026-11-21T08:00:00.000Z");

/** A channel as it is stored, with defaults: enabled, and taking everything. */
export function channelRow(given: Partial<Prisma.AlertChannelCreateManyInput>): Prisma.AlertChannelCreateManyInput {
  return {
    ...{ id: "channel", kind: "webhook", name: "Channel", target: new Uint8Array(), environments: ["*"] },
    shown: { address: { scheme: "http", host: "127.0.0.1", ends: "" }, auth: "none", headerName: null },
    ...{ minimumSeverity: "info", sendResolved: true, enabled: true, nextAt: MADE },
    ...{ createdAt: MADE, createdBy: "Ada", changedAt: MADE, changedBy: "Ada" },
    ...given,
  };
}
