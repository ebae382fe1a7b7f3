import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Campaign, type CampaignList, campaignChange, campaignId } from "@/contracts/campaigns";
import { maySee } from "@/server/access/principal";
import { campaignView } from "@/server/campaigns/campaign-view";
import { deleteCampaign, findCampaign, listCampaigns, putCampaign } from "@/server/campaigns/campaigns";
import { ApiError } from "../api-error";
import { principalOf, requestActor, visibleEnvironments } from "../authenticate";
import { environmentParameter, noParameters, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

export const campaignListQuery = z.object(environmentParameter);
type ById = { Params: { id: string } };

export function addCampaignReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, nowMs } = dependencies;

  scope.get("/api/v1/campaigns", async (request): Promise<CampaignList> => {
    const query = parseQuery(campaignListQuery, request.query);
    return listCampaigns(db, await visibleEnvironments(dependencies, request, query.environment), nowMs());
  });

  scope.get<ById>("/api/v1/campaigns/:id", async (request): Promise<Campaign> => {
    parseQuery(noParameters, request.query);
    return campaignView(db, await theirs(dependencies, request), nowMs());
  });
}

export function addCampaignChanges(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, access, nowMs } = dependencies;

  scope.put<ById>("/api/v1/campaigns/:id", async (request): Promise<Campaign> => {
    parseQuery(noParameters, request.query);
    const id = campaignId.safeParse(request.params.id);
    if (!id.success) throw new ApiError("bad_request", `id: ${id.error.issues[0]?.message ?? "cannot be used"}`);
    const change = parseRequestBody(campaignChange, request.body);
    if (!maySee(principalOf(request), change.environment)) {
      throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
    }
    if (await findCampaign(db, id.data)) refuseConfigured(await theirs(dependencies, request));
    const actor = requestActor({ access }, request);
    await putCampaign(db, id.data, change, { name: actor.name, nowMs: nowMs() });
    const { environment } = change;
    await access.record({ actor, action: "campaign_changed", environment, target: id.data, detail: change });
    return campaignView(db, await theirs(dependencies, request), nowMs());
  });

  scope.delete<ById>("/api/v1/campaigns/:id", async (request): Promise<Campaign> => {
    parseQuery(noParameters, request.query);
    const stored = await theirs(dependencies, request);
    if (!stored.endedAt) refuseConfigured(stored);
    const view = await campaignView(db, stored, nowMs());
    await deleteCampaign(db, stored.id);
    const { id, environment } = stored;
    const actor = requestActor({ access }, request);
    await access.record({ actor, action: "campaign_deleted", environment, target: id, detail: {} });
    return view;
  });
}

/** What a config names is changed there: the next upload would bring it back. */
function refuseConfigured({ project }: { project: string | null }): void {
  if (project === null) return;
  throw new ApiError(
    "wrong_state",
    `This campaign comes from the signalbox.config.yaml of ${project}: change it there.`,
  );
}

/** The campaign that a request names, as far as the caller may see its environment. */
async function theirs({ db }: HttpDependencies, request: FastifyRequest) {
  const { id } = request.params as ById["Params"];
  const stored = await findCampaign(db, id);
  if (stored && maySee(principalOf(request), stored.environment)) return stored;
  throw new ApiError("not_found", "No campaign has this id.");
}
