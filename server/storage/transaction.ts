import type { Pool, PoolClient } from "pg";

/**
 * Runs `work` in one transaction of its own: committed when it resolves, rolled back when it throws. `begin` opens it and
 * may set what holds until its end.
 */
export async function inTransaction<T>(
  { pool }: { pool: Pool },
  work: (client: PoolClient) => Promise<T>,
  begin = "BEGIN",
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
