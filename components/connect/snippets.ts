/** The code that connects a source, ready to copy. */

/** Stands in the JSON for what the shell puts there: a time of today, for one of long ago is refused. */
const NOW = 0;
const SHELL_NOW = "'$(date +%s)'";

export function emitterCode(): string {
  return `import { createEmitter, instrument } from "./emitter.mjs";
const signalbox = createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0" });
signalbox.serve(io, { token: "a-long-random-token" });
instrument(io, signalbox, { userOf: (socket) => socket.data.userId });
signalbox.emit({ stage: "routed", type: "user_message", messageId, runId, router: "MessageRouter" });`;
}

export function sourcesSetting(environment: string): string {
  const source = { id: "chat", url: "http://127.0.0.1:4000/signalbox", token: "a-long-random-token", environment };
  return `SIGNALBOX_SOURCES='[${JSON.stringify(source)}]' npm start`;
}

export function httpCode(origin: string, environment: string): string {
  const event = {
    id: "chat-1-000001",
    time: NOW,
    stage: "received",
    type: "user_message",
    connectionId: "c1",
    messageId: "m1",
    environment,
  };
  return `curl ${origin}/api/v1/telemetry \\
  -H "Authorization: Bearer $SIGNALBOX_KEY" \\
  -H "Content-Type: application/json" \\
  -d '[${inLines(event).replace(`"time":${NOW}`, `"time":${SHELL_NOW}`)}]'`;
}

function inLines(event: object): string {
  return JSON.stringify(event).replaceAll(',"', ',\n        "').replace("{", "{ ").replace(/}$/, " }");
}
