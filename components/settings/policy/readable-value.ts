import { exactDuration } from "@/client/duration";

/** "45000 ms" as "45 s"; every other value as it is told. */
export function readable(value: string): string {
  const ms = /^(\d+) ms$/.exec(value)?.[1];
  return ms === undefined ? value : exactDuration(Number(ms));
}
