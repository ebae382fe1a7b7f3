/** Command line of the demo chat. Stops on SIGINT and SIGTERM. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LAYERS, type LayerName } from "./layers/layers";
import { startDemo } from "./start-demo";

const USAGE = `Usage: demo --telemetry-token-file <path> [--layer fragmented|consolidated] [--port 4000] [--seed 7]
            [--users 16] [--rate 2] [--signalbox-url http://localhost:3000] [--environment demo]
`;

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      layer: { type: "string", default: "fragmented" },
      port: { type: "string", default: "4000" },
      seed: { type: "string", default: "7" },
      users: { type: "string", default: "16" },
      rate: { type: "string", default: "2" },
      environment: { type: "string", default: "demo" },
      "signalbox-url": { type: "string" },
      "telemetry-token-file": { type: "string" },
    },
  });
  const number = (name: "port" | "users" | "rate", low: number, high: number) => {
    const value = Number(values[name]);
    if (Number.isFinite(value) && value >= low && value <= high) return value;
    throw new Error(`--${name} must be a number from ${low} to ${high}`);
  };
  const isLayer = (name: string): name is LayerName => Object.hasOwn(LAYERS, name);
  if (!isLayer(values.layer)) throw new Error(`--layer must be one of ${Object.keys(LAYERS).join(", ")}`);
  const file = values["telemetry-token-file"];
  const token = file === undefined ? "" : readFileSync(file, "utf8").trim();
  if (!token) throw new Error("--telemetry-token-file is needed");
  return {
    layer: values.layer,
    seed: values.seed,
    port: number("port", 0, 65_535),
    users: number("users", 1, 20),
    rate: number("rate", 0, 50),
    environment: values.environment,
    token,
    ...(values["signalbox-url"] === undefined ? {} : { signalboxUrl: values["signalbox-url"] }),
  };
}

async function main() {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const demo = await startDemo({ ...readOptions(process.argv.slice(2)), idPrefix: Date.now().toString(36), log: say });
  const stop = () => {
    void demo.stop().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

main().catch((error: unknown) => {
  const inUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const problem = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `${inUse ? "The chat's port is taken; choose another with --port (npm run demo: --chat-port)." : problem}\n${USAGE}`,
  );
  process.exit(1);
});
