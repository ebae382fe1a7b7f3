/** Canary tokens: text planted in one user's data. Whoever else is sent it has seen what was not theirs. For admins only. */
import { z } from "zod";
import { isCleanName, utf8Bytes } from "@/domain/telemetry/text";

const name = z
  .string()
  .min(1)
  .refine((text) => utf8Bytes(text) <= 256, "must have at most 256 bytes")
  .refine(isCleanName, "must be valid text without NUL");

/** Body of POST /api/v1/canaries. `userId` as connections authenticate it. */
export const newCanary = z.strictObject({ userId: name, environment: name });
export type NewCanary = z.infer<typeof newCanary>;

export const canaryRow = z.object({
  id: z.string(),
  environment: z.string(),
  userId: z.string(),
  /** Only payloads that came in after it are searched for the token. */
  createdAt: z.string(),
  createdBy: z.string(),
});
export type CanaryRow = z.infer<typeof canaryRow>;
export const canaryList = z.object({ items: z.array(canaryRow), nextCursor: z.string().nullable() });
export type CanaryList = z.infer<typeof canaryList>;

/** Answer of POST /api/v1/canaries: the only time that the token is shown. */
export const createdCanary = canaryRow.extend({ token: z.string() });
export type CreatedCanary = z.infer<typeof createdCanary>;
