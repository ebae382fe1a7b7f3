/** A store that takes a moment to answer, as stores do: how long depends on the seed and on how often it was asked. */
import type { Pace } from "../pace";
import { createRandom } from "../random";

export interface Store {
  loadThread(threadId: string): Promise<void>;
  loadProfile(userId: string): Promise<void>;
}

export function createStore(seed: string, pace: Pace): Store {
  const random = createRandom(seed, "store");
  const answer = () => pace.wait(random.between(2, 14));
  return { loadThread: answer, loadProfile: answer };
}
