/** How the live connection of this tab is doing; kept in the query cache. */
export interface LiveStatus {
  state: "connecting" | "live" | "offline" | "refused";
  /** Messages that never arrived or could not be read. Every one led to a new snapshot. */
  dropped: number;
  /** Somebody reads: what is shown holds still. */
  paused: boolean;
  /** Deltas that wait until then. */
  waiting: number;
  problem: string | null;
}

export const INITIAL_LIVE_STATUS: LiveStatus = {
  state: "connecting",
  dropped: 0,
  paused: false,
  waiting: 0,
  problem: null,
};
