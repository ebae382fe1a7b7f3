/** What the operating system knows of a process by its id. Ids are used again: alone they prove nothing. */
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";

/** False for a dead process too that nobody has waited for. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** Whether the living process `pid` is the PostgreSQL server of the data directory `data`. */
export function servesData(pid: number, data: string): boolean {
  try {
    if (process.platform !== "linux") {
      return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(data);
    }
    if (statSync(`/proc/${pid}`).uid !== statSync(data).uid) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}
