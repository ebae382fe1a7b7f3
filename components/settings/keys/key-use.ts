import type { KeyRole } from "@/contracts/access";

/** A line for the shell that uses the key for what it may do. */
export function keyUse(origin: string, secret: string, role: KeyRole, environment: string | null): string {
  const header = `-H 'Authorization: Bearer ${secret}'`;
  if (role !== "ingest") return `curl ${header} ${origin}/api/v1/overview`;
  const event = {
    id: "try-1",
    time: "'$(date +%s)'",
    stage: "state",
    ...(environment === null ? {} : { environment }),
    attributes: { component: "key", state: "tried" },
  };
  const body = JSON.stringify(event).replace(`"'$(date +%s)'"`, "'$(date +%s)'");
  return `curl ${header} -H 'Content-Type: application/json' \\\n  -d '${body}' ${origin}/api/v1/telemetry`;
}
