/** Every version of every environment's policy, as the database holds them. Versions are only ever added. */
import { always, type PolicyTimeline, type PolicyVersion, succeededBy } from "@/domain/journeys/policy-timeline";
import type { Policy } from "@/domain/journeys/types";
import type { Session, Statement } from "./transaction";

/** The environment under which the policy of all environments without one of their own is kept. */
export const EVERYWHERE = "";

export interface Policies {
  /** The versions that count in an environment: its own; before its first own one, those of all environments. */
  timelineOf(environment: string): PolicyTimeline;
}

export interface PolicyBook {
  /**
   * What is committed at this moment. In a transaction it stays true until the transaction's end: whoever saves a
   * version first waits for all that have read this table.
   */
  renewed(session: Session): Promise<Policies>;
}

/** Uses policy_version_key. */
export const NEWER_POLICIES: Statement = {
  name: "judge_newer_policies",
  text: `SELECT environment, version, date_part('epoch', valid_from) * 1000 AS "fromMs", body
    FROM policy WHERE version > $1::integer ORDER BY version`,
};

interface PolicyRow {
  environment: string;
  version: number;
  fromMs: number;
  body: Partial<Policy>;
}

/** @param fallback where nothing is stored, and for values that an old version does not have */
export function createPolicyBook(fallback: Policy): PolicyBook {
  let newest = 0;
  let everywhere = always(fallback);
  const own = new Map<string, PolicyVersion[]>();
  let timelines = new Map<string, PolicyTimeline>();

  const take = ({ environment, version, fromMs, body }: PolicyRow) => {
    const entry = { policy: { ...fallback, ...body, version }, fromMs: fromMs > 0 ? fromMs : Number.NEGATIVE_INFINITY };
    if (environment === EVERYWHERE) everywhere = succeededBy(everywhere, entry);
    else own.set(environment, [...(own.get(environment) ?? []), entry]);
    newest = Math.max(newest, version);
  };
  const timelineOf = (environment: string) => {
    const known = timelines.get(environment);
    if (known) return known;
    const timeline = (own.get(environment) ?? []).reduce(succeededBy, everywhere);
    timelines.set(environment, timeline);
    return timeline;
  };
  return {
    async renewed(session) {
      const rows = await session.query<PolicyRow>(NEWER_POLICIES, newest);
      const fresh = rows.filter(({ version }) => version > newest);
      for (const row of fresh) take(row);
      if (fresh.length > 0) timelines = new Map();
      return { timelineOf };
    },
  };
}
