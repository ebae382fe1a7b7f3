/** The chat page: sign in as a user, ask, watch the agents' events arrive, follow a message into Signalbox. */
const state = document.querySelector("#state");
const messages = document.querySelector("#messages");
const select = document.querySelector("#user");
const input = document.querySelector("#text");
const send = document.querySelector("#ask button");
const answers = new Map();
const asked = new Set();
const seen = new Set();
let config = { users: [], guests: 0, signalboxUrl: null, environment: null };
let socket = null;
let thread = "";

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function journeyLink(id, text) {
  if (!config.signalboxUrl) return element("span", "", text);
  const link = element("a", "", text);
  const url = new URL(`/journeys/${encodeURIComponent(id)}`, config.signalboxUrl);
  if (config.environment) url.searchParams.set("environment", config.environment);
  link.href = url.href;
  link.target = "_blank";
  link.rel = "noreferrer";
  return link;
}

function addItem(className) {
  const item = element("li", className);
  messages.append(item);
  return item;
}

/** One bubble a run: its steps, then its answer. */
function bubbleOf(frame) {
  const known = answers.get(frame.runId);
  if (known) return known;
  const foreign = !asked.has(frame.inReplyTo);
  const item = addItem(foreign ? "foreign" : "");
  const about = element("p", "about", foreign ? "Not an answer to anything asked here · " : "");
  about.append(journeyLink(frame.runId, frame.runId));
  const steps = element("ol", "steps");
  const answer = element("p", "answer");
  item.append(about, steps, answer);
  const bubble = { item, steps, answer };
  answers.set(frame.runId, bubble);
  return bubble;
}

function show(frame) {
  if (seen.has(frame.messageId)) return;
  seen.add(frame.messageId);
  const { item, steps, answer } = bubbleOf(frame);
  const step = frame.toolName ? `${frame.type} · ${frame.toolName}` : frame.type;
  steps.append(element("li", "", `${step} · ${frame.agentName}`));
  if (frame.type === "agent_completed" && !frame.parentAgent) answer.textContent = frame.text;
  item.scrollIntoView({ block: "end" });
}

function ready(isReady) {
  input.disabled = !isReady;
  send.disabled = !isReady;
}

async function signIn(user) {
  const answer = await fetch(`/sign-in/${encodeURIComponent(user)}`, { method: "POST" });
  if (!answer.ok) {
    state.textContent = "Sign-in failed";
    return;
  }
  const { token } = await answer.json();
  socket?.disconnect();
  thread = `${user}-page-${Date.now().toString(36)}`;
  socket = window.io("/chat", { auth: { token }, transports: ["websocket"] });
  socket.on("connect", () => {
    state.textContent = `Signed in as ${user}`;
    ready(true);
    input.focus();
  });
  socket.on("disconnect", () => {
    state.textContent = "Disconnected, trying again";
    ready(false);
  });
  socket.on("connect_error", (error) => {
    state.textContent = `No connection: ${error.message}`;
  });
  socket.on("agent", (frame, confirm) => {
    confirm();
    show(frame);
  });
}

document.querySelector("#sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn(select.value);
});

document.querySelector("#ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text || !socket?.connected) return;
  const messageId = `m-page-${crypto.randomUUID()}`;
  asked.add(messageId);
  const item = addItem("mine");
  item.append(element("p", "", text));
  const about = element("p", "about");
  about.append(journeyLink(messageId, "Follow this message in Signalbox"));
  item.append(about);
  socket.emit("message", { type: "user_message", messageId, threadId: thread, text, attempt: 1 }, () => {});
  input.value = "";
});

fetch("/config")
  .then((answer) => answer.json())
  .then((loaded) => {
    config = loaded;
    select.replaceChildren(
      ...config.users.map((user, index) => {
        const option = element("option", "", index < config.guests ? user : `${user} (also simulated)`);
        option.value = user;
        return option;
      }),
    );
  });
