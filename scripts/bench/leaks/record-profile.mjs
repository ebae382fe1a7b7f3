/** Loaded by `--import` into the app that is measured: writes its CPU profile to `BENCH_PROFILE` when it ends. */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";

const path = process.env.BENCH_PROFILE;
if (path && process.argv[1]?.endsWith("server.mjs")) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: 1_000 });
  session.post("Profiler.start");
  process.on("exit", () =>
    session.post("Profiler.stop", (_error, result) => writeFileSync(path, JSON.stringify(result.profile))),
  );
}
