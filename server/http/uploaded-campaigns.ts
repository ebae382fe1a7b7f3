/** Campaigns that come with a scan: looked through before anything is stored, applied after it. */
import type { FastifyRequest } from "fastify";
import type { ScanUpload } from "@/contracts/scans";
import { defaultEnvironment, maySee } from "@/server/access/principal";
import { findCampaign } from "@/server/campaigns/campaigns";
import { type Applied, applyConfig, type ConfigOfProject, takenIds } from "@/server/campaigns/config-campaigns";
import { ApiError, type ApiErrorCode } from "./api-error";
import { principalOf, requestActor } from "./authenticate";
import type { HttpDependencies } from "./types";

/** The campaigns with their environments; null where none were sent. Throws a refusal that names the field. */
export async function configOf(
  { db, nowMs }: HttpDependencies,
  request: FastifyRequest,
  { campaigns, committedAt }: ScanUpload,
): Promise<ConfigOfProject | null> {
  if (!campaigns) return null;
  const principal = principalOf(request);
  const items = campaigns.items.map(({ environment, ...campaign }) => ({
    ...campaign,
    environment: environment ?? defaultEnvironment(principal),
  }));
  const { project } = campaigns;
  for (const [at, { environment }] of items.entries()) {
    if (!maySee(principal, environment)) {
      refuse("environment_not_allowed", at, "environment", `this key does not cover ${environment}`);
    }
  }
  const taken = await takenIds(db, { project, items }, { maySee: (environment) => maySee(principal, environment) });
  for (const [at, { id }] of items.entries()) {
    if (taken.has(id)) refuse("name_taken", at, "id", `another campaign that is not of ${project} has the id ${id}`);
  }
  return { project, items, configAtMs: committedAt === null ? nowMs() : Date.parse(committedAt) };
}

/** Writes down what changed. */
export async function applyCampaigns(
  { db, access, nowMs }: HttpDependencies,
  request: FastifyRequest,
  config: ConfigOfProject,
): Promise<Applied | null> {
  const principal = principalOf(request);
  const applied = await applyConfig(db, config, {
    ...{ name: principal.name, nowMs: nowMs(), maySee: (environment) => maySee(principal, environment) },
  });
  const actor = requestActor({ access }, request);
  const { project, items } = config;
  for (const id of [...(applied?.created ?? []), ...(applied?.changed ?? [])]) {
    const { environment = null, ...detail } = items.find((one) => one.id === id) ?? {};
    await access.record({ actor, action: "campaign_changed", environment, target: id, detail: { ...detail, project } });
  }
  for (const id of applied?.ended ?? []) {
    const { environment = null } = (await findCampaign(db, id)) ?? {};
    await access.record({ actor, action: "campaign_ended", environment, target: id, detail: { project } });
  }
  return applied;
}

function refuse(code: ApiErrorCode, at: number, field: string, message: string): never {
  const path = `campaigns.items.${at}.${field}`;
  throw new ApiError(code, `${path}: ${message}`, [{ field: path, message }]);
}
