import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Database } from "@/server/storage/database";

const NAME = "content_secret";
const stored = z.object({ hex: z.string().regex(/^[0-9a-f]{64}$/) });

/** The secret that content is fingerprinted with: made once for an installation, whoever comes first. */
export async function loadInstallationSecret(db: Database): Promise<Buffer> {
  const value = { hex: randomBytes(32).toString("hex") };
  await db.prisma.installation.createMany({ data: [{ name: NAME, value }], skipDuplicates: true });
  const row = await db.prisma.installation.findUniqueOrThrow({ where: { name: NAME } });
  return Buffer.from(stored.parse(row.value).hex, "hex");
}
