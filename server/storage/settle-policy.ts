/** The policy of the settings as a stored version, so that every verdict can say by which rules it was judged. */
import { isDeepStrictEqual } from "node:util";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "./database";
import type { Prisma } from "./generated/client";

/** The environment under which the policy of all environments without one of their own is kept. */
export const EVERYWHERE = "";

/** @returns the policy with the number of its stored version; a policy that differs from the last becomes a new one */
export async function settlePolicy({ prisma }: Database, policy: Policy): Promise<Policy> {
  const { version: _, ...body } = policy;
  const last = await prisma.policy.findFirst({ where: { environment: EVERYWHERE }, orderBy: { version: "desc" } });
  if (last && isDeepStrictEqual(last.body, body)) return { ...policy, version: last.version };
  const version = (last?.version ?? 0) + 1;
  await prisma.policy.create({
    data: { environment: EVERYWHERE, version, body: body as unknown as Prisma.InputJsonObject, createdBy: "settings" },
  });
  return { ...policy, version };
}

/** The policy that the app judged by last, or `fallback` where it never ran. */
export async function storedPolicy({ prisma }: Database, fallback: Policy): Promise<Policy> {
  const last = await prisma.policy.findFirst({ where: { environment: EVERYWHERE }, orderBy: { version: "desc" } });
  return last ? { ...fallback, ...(last.body as Partial<Policy>), version: last.version } : fallback;
}
