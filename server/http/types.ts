import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { AccessControl } from "@/server/access/create-access";
import type { TestDeps } from "@/server/alerts/channels/test-channel";
import type { Erasures } from "@/server/erasure/create-erasures";
import type { Queries } from "@/server/queries/create-queries";
import type { SettingsService } from "@/server/settings/create-service";
import type { Database } from "@/server/storage/database";

export interface HttpDependencies {
  db: Database;
  access: AccessControl;
  queries: Queries;
  settings: SettingsService;
  nowMs: () => number;
  log: FastifyBaseLogger;
  /** Shown to those who are signed in. */
  version: string;
  erasures: Erasures;
  /** What alerts are told with. */
  channels: Pick<TestDeps, "seal" | "baseUrl" | "post">;
  /** Told after a person changed an incident. */
  onIncidentChanged: (environment: string) => void;
  /** Told after somebody changed what alerts of an environment depend on. */
  onAlertingChanged: (environment: string) => void;
  /** Adds the ways in for telemetry, in a scope of their own. */
  registerTelemetry: (scope: FastifyInstance) => void | Promise<void>;
  /** Whether start-up is done: migrations applied, partitions there. */
  ready: () => boolean;
  /** What the live layer says about itself, for /metrics. */
  live?: { connectedSockets(): number; droppedDeltas(): number };
}
