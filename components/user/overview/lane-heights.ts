/** Heights of the overview's lanes in px; the names at the left and the drawing keep to the same. */
import type { JourneyLane } from "./prepared-overview";

export const AXIS_PX = 24;
export const DENSITY_PX = 56;
export const FAULTS_PX = 32;
export const CONNECTION_PX = 28;
export const BAR_PX = 9;
export const STACKS_PX = 44;

export function threadPx({ rows }: Pick<JourneyLane, "rows">): number {
  return Math.max(28, rows * BAR_PX + 12);
}
