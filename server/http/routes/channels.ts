import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  type ChannelList,
  type ChannelRow,
  type ChannelTest,
  channelChange,
  type DeliveryList,
  deliveryState,
  newChannel,
} from "@/contracts/channels";
import {
  aboutChannel,
  changeChannel,
  coversAll,
  createChannel,
  deleteChannel,
  listChannels,
  listDeliveries,
  mayLead,
  type Refusal,
  readChannel,
} from "@/server/alerts/channels/channels";
import { testChannel } from "@/server/alerts/channels/test-channel";
import { auditPosition, createdPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { principalOf, requestActor } from "../authenticate";
import { idText, noParameters, pageParameters, parseCursor, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/channels. */
export const channelListQuery = z.object(pageParameters(200, 100));
/** Parameters of GET /api/v1/deliveries. */
export const deliveryListQuery = z.object({
  ...pageParameters(200, 50),
  channel: idText.optional(),
  state: deliveryState.optional(),
});

/** Channels are managed by admins; one that covers some environments manages the channels that take no others. */
export function addChannelRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, access, nowMs, channels } = dependencies;
  const within = (request: FastifyRequest) => principalOf(request).environments;

  scope.get("/api/v1/channels", async (request): Promise<ChannelList> => {
    const { cursor, limit } = parseQuery(channelListQuery, request.query);
    const after = parseCursor(cursor, (text) => readCursor(createdPosition, text));
    return listChannels(db, { within: within(request), after, limit });
  });

  scope.post("/api/v1/channels", async (request, reply): Promise<ChannelRow> => {
    parseQuery(noParameters, request.query);
    const wanted = parseRequestBody(newChannel, request.body);
    if (!coversAll(within(request), wanted.environments)) throw notCovered();
    if (!mayLead(wanted.url)) throw wrongField("url", "leads to an address that may not be called");
    const actor = requestActor({ access }, request);
    const row = await createChannel({ db, seal: channels.seal }, wanted, { by: actor.name, nowMs: nowMs() });
    await access.record({ actor, action: "channel_created", ...aboutChannel(row) });
    reply.status(201);
    return row;
  });

  scope.patch<{ Params: { id: string } }>("/api/v1/channels/:id", async (request): Promise<ChannelRow> => {
    parseQuery(noParameters, request.query);
    const change = parseRequestBody(channelChange, request.body);
    const actor = requestActor({ access }, request);
    const by = { by: actor.name, nowMs: nowMs(), within: within(request) };
    const changed = await changeChannel({ db, seal: channels.seal }, request.params.id, change, by);
    if (!changed.ok) throw refusal(changed.refusal);
    const about = aboutChannel(changed.row);
    const detail = { ...about.detail, changed: changed.fields };
    await access.record({ actor, action: "channel_changed", ...about, detail });
    return changed.row;
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/channels/:id", async (request): Promise<ChannelRow> => {
    parseQuery(noParameters, request.query);
    const row = await deleteChannel(db, request.params.id, within(request));
    if (!row) throw notFound();
    await access.record({ actor: requestActor({ access }, request), action: "channel_deleted", ...aboutChannel(row) });
    return row;
  });

  scope.post<{ Params: { id: string } }>("/api/v1/channels/:id/test", async (request): Promise<ChannelTest> => {
    parseQuery(noParameters, request.query);
    const row = await readChannel(db, request.params.id, within(request));
    if (!row) throw notFound();
    const actor = requestActor({ access }, request);
    const tested = await testChannel({ db, nowMs, ...channels }, row.id, actor.name);
    if (!tested) throw notFound();
    const about = aboutChannel(row);
    await access.record({ actor, action: "channel_tested", ...about, detail: { ...about.detail, ok: tested.ok } });
    return tested;
  });

  scope.get("/api/v1/deliveries", async (request): Promise<DeliveryList> => {
    const { cursor, limit, channel, state } = parseQuery(deliveryListQuery, request.query);
    const after = parseCursor(cursor, (text) => readCursor(auditPosition, text));
    return listDeliveries(db, {
      within: within(request),
      channel: channel ?? null,
      state: state ?? null,
      after,
      limit,
    });
  });
}

function refusal({ code, field, message }: Refusal): ApiError {
  if (code === "wrong_field") return wrongField(field, message);
  return new ApiError(code, message);
}

const wrongField = (field: string, message: string) =>
  new ApiError("bad_request", `${field}: ${message}`, [{ field, message }]);
const notFound = () => new ApiError("not_found", "No channel has this id.");
const notCovered = () => new ApiError("environment_not_allowed", "This key does not cover these environments.");
