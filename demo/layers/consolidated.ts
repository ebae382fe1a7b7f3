import { CanonicalMessageRouter } from "../routers/consolidated/canonical-message-router";
import type { Layer } from "./layer";

export const consolidated: Layer = { version: "5.0.0", create: (backend) => new CanonicalMessageRouter(backend) };
