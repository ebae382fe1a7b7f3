/** Words that several answers share. */
import { z } from "zod";

export const journeyStatus = z.enum([
  "running",
  "succeeded",
  "degraded",
  "failed",
  "abandoned",
  "cancelled",
  "unobserved",
]);
