/** Campaigns that a project's `signalbox.config.yaml` names: the newest commit's config says which there are. */
import { isDeepStrictEqual } from "node:util";
import type { ConfigCampaign } from "@/contracts/campaigns";
import type { StoredScan } from "@/contracts/consolidation";
import type { Database } from "@/server/storage/database";
import type { Prisma, Campaign as Stored } from "@/server/storage/generated/client";
import { lockProject } from "@/server/storage/scans";

export interface ConfigOfProject {
  project: string;
  items: readonly (ConfigCampaign & { environment: string })[];
  /** When the commit was made whose config this is. */
  configAtMs: number;
}

export interface ConfigActor {
  name: string;
  nowMs: number;
  maySee(environment: string): boolean;
}

export type Applied = NonNullable<StoredScan["campaigns"]>;

/** Ids that belong to somebody else: a campaign made in the app, of another project, or of an environment out of reach. */
export async function takenIds(
  { prisma }: Database,
  { project, items }: Pick<ConfigOfProject, "project" | "items">,
  { maySee }: Pick<ConfigActor, "maySee">,
): Promise<Set<string>> {
  const stored = await prisma.campaign.findMany({ where: { id: { in: items.map(({ id }) => id) } } });
  const others = stored.filter((one) => one.project !== project || !maySee(one.environment));
  return new Set(others.map(({ id }) => id));
}

/**
 * Makes, changes and ends the project's campaigns as its config says; null where a newer commit's config stands. What is
 * in an environment out of reach stays as it is.
 */
export async function applyConfig(
  { prisma }: Database,
  { project, items, configAtMs }: ConfigOfProject,
  { name, nowMs, maySee }: ConfigActor,
): Promise<Applied | null> {
  return prisma.$transaction(async (tx) => {
    await lockProject(tx, project);
    const stored = await tx.campaign.findMany({ where: { project } });
    if (stored.some(({ configAt }) => (configAt?.getTime() ?? 0) > configAtMs)) return null;
    const within = new Map(stored.filter(({ environment }) => maySee(environment)).map((one) => [one.id, one]));
    const applied: Applied = { created: [], changed: [], unchanged: [], ended: [] };
    const at = new Date(nowMs);
    for (const { id, ...fields } of items) {
      const known = within.get(id);
      within.delete(id);
      const same = known !== undefined && known.endedAt === null && saysTheSame(known, fields);
      const data = { ...fields, configAt: new Date(configAtMs), endedAt: null };
      if (!known) {
        await tx.campaign.create({
          data: { id, project, ...data, createdAt: at, createdBy: name, changedAt: at, changedBy: name },
        });
      } else {
        await tx.campaign.update({ where: { id }, data: same ? data : { ...data, changedAt: at, changedBy: name } });
      }
      applied[known ? (same ? "unchanged" : "changed") : "created"].push(id);
    }
    for (const { id, endedAt } of within.values()) {
      const data: Prisma.CampaignUpdateInput = { configAt: new Date(configAtMs) };
      await tx.campaign.update({
        where: { id },
        data: endedAt ? data : { ...data, endedAt: at, changedAt: at, changedBy: name },
      });
      if (!endedAt) applied.ended.push(id);
    }
    return applied;
  });
}

function saysTheSame(
  { environment, name, windowMinutes, holdMinutes, criteria }: Stored,
  fields: Omit<ConfigCampaign, "id">,
): boolean {
  const now = [fields.environment, fields.name, fields.windowMinutes, fields.holdMinutes, fields.criteria];
  return isDeepStrictEqual([environment, name, windowMinutes, holdMinutes, criteria], JSON.parse(JSON.stringify(now)));
}
