import { createFragmentedRouting } from "../routers/fragmented/fragmented-routing";
import type { Layer } from "./layer";

export const fragmented: Layer = { version: "4.2.0", create: createFragmentedRouting };
