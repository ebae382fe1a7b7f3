import { counted, figure } from "@/client/format";

/** How many journeys match; beyond what is counted exactly the text says so. */
export function prepareTotal(page: { total: number | null; totalAtLeast: number }, arrived: number): string {
  if (page.total === null) return `${figure(page.totalAtLeast)}+ journeys match`;
  return `${counted(page.total + arrived, "journey")} ${page.total + arrived === 1 ? "matches" : "match"}`;
}
