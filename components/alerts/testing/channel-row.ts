import type { ChannelRow } from "@/contracts/channels";

export function channelRow(over: Partial<ChannelRow> = {}): ChannelRow {
  return {
    ...{ id: "c1", kind: "webhook", name: "Pager", auth: "none", headerName: null, environments: ["prod"] },
    address: { scheme: "https", host: "pager.example.com", ends: "xyz1" },
    ...{ minimumSeverity: "warning", sendResolved: true, enabled: true, waiting: 0, last: null },
    ...{
      createdAt: "2026-11-21T10:00:00.000Z",
      createdBy: "Ada",
      changedAt: "2026-11-21T10:00:00.000Z",
      changedBy: "Ada",
    },
    ...over,
  };
}
