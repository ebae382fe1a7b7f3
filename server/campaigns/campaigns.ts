/** Campaigns: stored, listed, and evaluated whenever somebody looks. */
import type { Campaign, CampaignChange, CampaignList } from "@/contracts/campaigns";
import { firstOf } from "@/server/queries/first-of";
import type { Database } from "@/server/storage/database";
import type { Campaign as Stored } from "@/server/storage/generated/client";
import { campaignView } from "./campaign-view";

const MAX_LISTED = 100;

export interface CampaignActor {
  name: string;
  nowMs: number;
}

/** Makes a campaign, or changes it. */
export async function putCampaign(
  { prisma }: Database,
  id: string,
  { criteria, ...change }: CampaignChange,
  { name, nowMs }: CampaignActor,
): Promise<void> {
  const at = new Date(nowMs);
  const fields = { ...change, criteria, changedAt: at, changedBy: name };
  await prisma.campaign.upsert({
    where: { id },
    update: fields,
    create: { id, ...fields, createdAt: at, createdBy: name },
  });
}

/** The campaign as it is stored; null where there is none with this id. */
export function findCampaign({ prisma }: Database, id: string): Promise<Stored | null> {
  return prisma.campaign.findUnique({ where: { id } });
}

export async function deleteCampaign({ prisma }: Database, id: string): Promise<void> {
  await prisma.campaign.deleteMany({ where: { id } });
}

/** Campaigns of these environments, each evaluated: by name, those that ended last. */
export async function listCampaigns(db: Database, environments: string[], nowMs: number): Promise<CampaignList> {
  const stored = await db.prisma.campaign.findMany({
    where: { environment: { in: environments } },
    orderBy: [{ endedAt: { sort: "desc", nulls: "first" } }, { name: "asc" }, { id: "asc" }],
  });
  const { items, omitted } = firstOf(stored, MAX_LISTED);
  const evaluated: CampaignList["items"] = [];
  for (const campaign of items) {
    const { criteria, asOf: _asOf, ...view } = await campaignView(db, campaign, nowMs);
    evaluated.push({ ...view, criteria: criteria.length });
  }
  return { items: evaluated, omitted };
}

/** One campaign as of now; null where there is none with this id in these environments. */
export async function campaignById(
  db: Database,
  environments: string[],
  id: string,
  nowMs: number,
): Promise<Campaign | null> {
  const stored = await findCampaign(db, id);
  return stored && environments.includes(stored.environment) ? campaignView(db, stored, nowMs) : null;
}
