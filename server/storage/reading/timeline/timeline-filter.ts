/** What a user's timeline may be narrowed to. */
export const TIMELINE_FILTERS = {
  stage: "stage",
  type: "type",
  router: "router",
  thread: "thread_id",
  outcome: "outcome",
  connection: "connection_id",
  run: "run_id",
} as const;
export type TimelineFilterName = keyof typeof TIMELINE_FILTERS;
export type TimelineFilter = Partial<Record<TimelineFilterName, string | undefined>>;

export function isNarrowed(filter: TimelineFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Values of a statement whose numbers are given as they are bound. */
export interface Bound {
  values: unknown[];
  bind(value: unknown): string;
}

export function boundTo(values: unknown[]): Bound {
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** Conditions on event `e`, each behind an AND; "" without a filter. */
export function filterSql(filter: TimelineFilter, { bind }: Bound): string {
  return (Object.entries(TIMELINE_FILTERS) as [TimelineFilterName, string][])
    .flatMap(([name, column]) => (filter[name] === undefined ? [] : ` AND e.${column} = ${bind(filter[name])}`))
    .join("");
}
