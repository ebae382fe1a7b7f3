import { personRole } from "@/contracts/access";
import type { Database } from "@/server/storage/database";
import { digest, newSecret } from "./secret";
import type { Person } from "./sessions";

/** A link is good for this long, once. */
export const LINK_MS = 10 * 60_000;

/** Makes the secret of a sign-in link for a person. */
export async function makeLinkToken({ prisma }: Database, { name, role }: Person, nowMs: number): Promise<string> {
  const token = newSecret();
  const times = { createdAt: new Date(nowMs), expiresAt: new Date(nowMs + LINK_MS) };
  await prisma.signInLink.create({ data: { hash: digest(token), person: name, role, ...times } });
  return token;
}

/** Whether the link can still be spent. Spends nothing: mail scanners and previews open links too. */
export async function linkIsGood({ prisma }: Database, token: string, nowMs: number): Promise<boolean> {
  const link = await prisma.signInLink.findUnique({ where: { hash: digest(token) } });
  return link !== null && link.usedAt === null && link.expiresAt.getTime() > nowMs;
}

/** Spends a link and names its person; null when it was used, ran out or never was. Of two at once, one wins. */
export async function spendLink({ prisma }: Database, token: string, nowMs: number): Promise<Person | null> {
  const hash = digest(token);
  const spent = await prisma.signInLink.updateMany({
    where: { hash, usedAt: null, expiresAt: { gt: new Date(nowMs) } },
    data: { usedAt: new Date(nowMs) },
  });
  if (spent.count !== 1) return null;
  const link = await prisma.signInLink.findUnique({ where: { hash } });
  return link && { name: link.person, role: personRole.parse(link.role) };
}

/** Spends every link of a person that was not used; returns how many. */
export async function withdrawLinks({ prisma }: Database, person: string, nowMs: number): Promise<number> {
  const now = new Date(nowMs);
  const open = { person, usedAt: null, expiresAt: { gt: now } };
  return (await prisma.signInLink.updateMany({ where: open, data: { usedAt: now } })).count;
}
