/** What the API has to say about channels that alerts are told through. */
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { channelListQuery, deliveryListQuery } from "./routes/channels";

export const CHANNEL_OPERATIONS: Operation[] = [
  {
    path: "/api/v1/channels",
    summary: "Channels that alerts are told through, newest first, without their secrets (admin)",
    query: channelListQuery,
    answer: contract.channelList,
  },
  {
    path: "/api/v1/channels",
    method: "post",
    summary: "Make a channel (admin)",
    body: contract.newChannel,
    answer: contract.channelRow,
    status: 201,
  },
  {
    path: "/api/v1/channels/{id}",
    method: "patch",
    summary: "Change a channel; what is left out stays (admin)",
    body: contract.channelChange,
    answer: contract.channelRow,
  },
  {
    path: "/api/v1/channels/{id}",
    method: "delete",
    summary: "Delete a channel with its deliveries (admin)",
    answer: contract.channelRow,
  },
  {
    path: "/api/v1/channels/{id}/test",
    method: "post",
    summary: "Tell a channel a test at once, and say what became of it (admin)",
    answer: contract.channelTest,
  },
  {
    path: "/api/v1/deliveries",
    summary: "What was told through which channel, newest first (admin)",
    query: deliveryListQuery,
    answer: contract.deliveryList,
  },
];
