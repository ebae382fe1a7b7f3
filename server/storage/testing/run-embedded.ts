/** A process of its own that owns an embedded PostgreSQL, for tests that kill it. Prints the URL. */
import { startEmbedded } from "../embedded/start-embedded";

const server = await startEmbedded({ dataDir: process.argv[2] ?? "", log: () => undefined });
process.stdout.write(`${server.url}\n`);
setInterval(() => undefined, 60_000);
