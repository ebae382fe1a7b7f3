import type { Database } from "../database";

export interface QueryPlan {
  /** Indexes that are read or decide conflicts; those of partitions by the name of the parent's index. */
  indexes: string[];
  /** Tables with rows that are read whole; partitions by the name of their parent. */
  scans: string[];
}

interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Conflict Arbiter Indexes"?: string[];
  Plans?: PlanNode[];
}

/** How PostgreSQL would run a statement with these values; it is not run. Fill and ANALYZE the tables first. */
export async function planOf(db: Database, text: string, values: readonly unknown[] = []): Promise<QueryPlan> {
  const { rows } = await db.pool.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${text}`, [
    ...values,
  ]);
  const parents = await readParents(db);
  const parentOf = (name: string) => parents.get(name) ?? name;
  const empty = await readEmptyTables(db);
  const indexes = new Set<string>();
  const scans = new Set<string>();
  const visit = (node: PlanNode) => {
    const table = node["Relation Name"];
    for (const index of node["Conflict Arbiter Indexes"] ?? []) indexes.add(parentOf(index));
    if (node["Index Name"]) indexes.add(parentOf(node["Index Name"]));
    if (node["Node Type"] === "Seq Scan" && table && !empty.has(table)) scans.add(parentOf(table));
    node.Plans?.forEach(visit);
  };
  for (const row of rows) visit(row["QUERY PLAN"][0].Plan);
  return { indexes: [...indexes].sort(), scans: [...scans].sort() };
}

async function readParents(db: Database): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ child: string; parent: string }>(
    `SELECT child.relname AS child, parent.relname AS parent FROM pg_inherits i
     JOIN pg_class child ON child.oid = i.inhrelid JOIN pg_class parent ON parent.oid = i.inhparent`,
  );
  return new Map(rows.map(({ child, parent }) => [child, parent]));
}

async function readEmptyTables(db: Database): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) = 0",
  );
  return new Set(rows.map((row) => row.name));
}
