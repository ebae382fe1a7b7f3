/** The five-character SQLSTATE of a database error, from the driver or from Prisma; null for anything else. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
