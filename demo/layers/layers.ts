/** Every layer on a line of its own: the demo's checkout of one layer leaves out the lines of the other. */
import { consolidated } from "./consolidated";
import { fragmented } from "./fragmented";

export const LAYERS = {
  consolidated,
  fragmented,
} as const;
export type LayerName = keyof typeof LAYERS;
