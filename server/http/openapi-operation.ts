import type { z } from "zod";

/** One operation of the API, as its document describes it. */
export interface Operation {
  path: string;
  method?: "get" | "post" | "put" | "patch" | "delete";
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType;
  /** Of a success; 200 unless it says so. */
  status?: number;
  /** One object a line instead of one document. */
  lines?: boolean;
}
