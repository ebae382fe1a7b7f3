import { defineConfig } from "prisma/config";

/** Prisma's commands run without a database here; only `migrate status` and the like need DATABASE_URL. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
