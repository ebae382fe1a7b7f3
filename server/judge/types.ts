import type { JourneyRow, JudgedState } from "@/contracts/http";

/** What one judging transaction changed, told after its commit. */
export interface JudgedChange {
  environment: string;
  journeys: JourneyRow[];
  /** Keys that were merged into another journey. */
  removed: string[];
  /** Users whose timeline got events. */
  users: string[];
  incidentsChanged: boolean;
  /** Not by judging: alerts were looked at. */
  alertsChanged?: boolean;
  /** Not by judging: something was told through a channel. */
  deliveriesChanged?: boolean;
}

export interface Judge {
  start(): void;
  stop(): Promise<void>;
  /** Resolves when the queue is empty and no deadline is overdue. For tests and the bench. */
  drain(): Promise<void>;
  state(environment?: string): Promise<JudgedState>;
}
