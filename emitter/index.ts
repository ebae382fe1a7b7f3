export { createEmitter, type Emitter, type EmitterOptions, type EmitterStats } from "./create-emitter";
export type { EmitterEvent, EmitterStage } from "./event";
export { type Instrumentation, instrument } from "./instrument";
export { type Push, type PushOptions, type PushProblem, type PushState, push } from "./push";
export { SOURCE_NAMESPACE } from "./serve-stream";
