/** The whole demo in one process: chat backend, telemetry stream, chat page, simulated users. */
import { createEmitter } from "@/emitter/index";
import { type ChatServer, startChatServer } from "./chat/chat-server";
import { CHAT_NAMESPACE } from "./chat/protocol";
import { createSignIn } from "./chat/sign-in";
import { LAYERS, type LayerName } from "./layers/layers";
import { createLedger, type Ledger } from "./ledger/ledger";
import { createPace } from "./pace";
import { createPage } from "./page/serve-page";
import { SIMULATED_USERS } from "./users/names";
import { startSimulatedUsers } from "./users/simulated-users";
import { userScript } from "./users/user-script";

export interface DemoOptions {
  layer: LayerName;
  seed: string;
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** How many people use the chat by themselves, at most 20. */
  users: number;
  /** Their requests a second, on average. */
  rate: number;
  /** What a subscriber of the telemetry stream must present. */
  token: string;
  /** Goes into message and run ids; must differ between two starts that one Signalbox watches. */
  idPrefix: string;
  /** Where the chat page's links to journeys lead; no links without it. */
  signalboxUrl?: string;
  environment?: string;
  /** 1 is real time. */
  speed?: number;
  /** Plays so many beats of the script, then only stays connected. */
  beats?: number;
  log?(line: string): void;
}

export interface Demo {
  url: string;
  chatUrl: string;
  /** Address of the telemetry stream, namespace included. */
  telemetryUrl: string;
  ledger: Ledger;
  /** Resolves when the script was played to its end. */
  finished: Promise<void>;
  /** Everybody leaves, the telemetry is handed over (at most 2 s), the port is free. */
  stop(): Promise<void>;
}

export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { seed, idPrefix, layer, log = () => undefined } = options;
  const pace = createPace(options.speed ?? 1);
  const signIn = createSignIn();
  const ledger = createLedger(5_000);
  const users = SIMULATED_USERS.slice(0, options.users);
  const emitter = createEmitter({ service: "demo-chat", instance: "chat-1", version: LAYERS[layer].version });
  const page = createPage({
    signIn,
    users,
    signalboxUrl: options.signalboxUrl ?? null,
    environment: options.environment ?? null,
  });

  const server: ChatServer = await startChatServer({
    seed,
    idPrefix,
    host: options.host ?? "127.0.0.1",
    port: options.port,
    telemetryToken: options.token,
    emitter,
    signIn,
    pace,
    createRouting: LAYERS[layer].create,
    page,
  });
  const simulated = startSimulatedUsers({
    url: server.url,
    script: userScript({ seed, idPrefix, users, rate: options.rate }),
    tokenOf: signIn.issue,
    ledger,
    pace,
    ...(options.beats === undefined ? {} : { beats: options.beats }),
  });
  log(`Demo chat with ${layer} routers: ${server.url}`);

  let stopping: Promise<void> | null = null;
  return {
    url: server.url,
    chatUrl: `${server.url}${CHAT_NAMESPACE}`,
    telemetryUrl: `${server.url}/signalbox`,
    ledger,
    finished: simulated.finished,
    stop() {
      stopping ??= (async () => {
        simulated.leaveAll();
        pace.stop();
        await server.close();
        emitter.close();
      })();
      return stopping;
    },
  };
}
