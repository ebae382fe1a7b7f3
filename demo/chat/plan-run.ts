/** The script that agents follow for a request: the same seed and request give the same run. */
import { createRandom, type Random } from "../random";

export interface RunStep {
  /** Demo time since the step before. */
  afterMs: number;
  type: "agent_started" | "agent_thinking" | "tool_executing" | "tool_completed" | "agent_completed";
  agentName: string;
  parentAgent?: string;
  toolName?: string;
  /** Position of the tool call in the run, shared by its two steps. */
  toolCall?: number;
  outcome?: "error";
  text: string;
}

const SUPERVISOR = "supervisor";
const SPECIALISTS = ["researcher", "analyst", "planner"] as const;
const TOOLS = ["web_search", "calculator", "calendar", "document_store", "code_runner"] as const;
const ANSWERS = [
  "Here is what I found.",
  "Done: three options fit, the second one best.",
  "The numbers add up; details below.",
  "I have put it into your calendar.",
  "Short answer: yes. The longer one follows.",
] as const;

export function planRun(seed: string, inReplyTo: string, text: string): RunStep[] {
  const random = createRandom(seed, "run", inReplyTo, text);
  const steps: RunStep[] = [];
  let toolCalls = 0;

  const tool = (agentName: string, parent: { parentAgent?: string }) => {
    const toolName = random.pick(TOOLS);
    const shared = { agentName, ...parent, toolName, toolCall: toolCalls };
    toolCalls += 1;
    steps.push({ ...shared, afterMs: random.between(40, 160), type: "tool_executing", text: `Using ${toolName}` });
    steps.push({
      ...shared,
      afterMs: random.between(80, 420),
      type: "tool_completed",
      text: `${toolName} answered`,
      ...(random.chance(0.02) ? { outcome: "error" as const } : {}),
    });
  };

  steps.push({ afterMs: random.between(60, 220), type: "agent_started", agentName: SUPERVISOR, text: "On it" });
  steps.push({
    afterMs: random.between(80, 260),
    type: "agent_thinking",
    agentName: SUPERVISOR,
    text: thought(random),
  });
  for (let i = random.between(0, 2); i > 0; i -= 1) tool(SUPERVISOR, {});
  if (random.chance(0.3)) {
    const agentName = random.pick(SPECIALISTS);
    const parent = { parentAgent: SUPERVISOR };
    const step = { agentName, ...parent };
    steps.push({ ...step, afterMs: random.between(40, 120), type: "agent_started", text: `${agentName} joins` });
    tool(agentName, parent);
    steps.push({ ...step, afterMs: random.between(60, 200), type: "agent_completed", text: `${agentName} is done` });
  }
  // An agent that merely passes a tool's answer on is done at once.
  const afterMs = random.chance(0.06) ? 0 : random.between(90, 500);
  steps.push({ afterMs, type: "agent_completed", agentName: SUPERVISOR, text: random.pick(ANSWERS) });
  return steps;
}

function thought(random: Random): string {
  return random.pick(["Which source fits?", "Breaking this into steps", "Comparing what is known", "Looking at dates"]);
}
