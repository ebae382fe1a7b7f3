import { cn } from "../ui/cn";

const LOOKS = {
  default: { word: "default", tone: "text-faint" },
  built_in: { word: "built in", tone: "text-faint" },
  variable: { word: "variable", tone: "text-warn bg-warn-soft border-transparent" },
  saved: { word: "saved here", tone: "text-accent bg-accent-soft border-transparent" },
} as const;

/** Where a value comes from. `variable` names the variable of the environment that may set it. */
export function Origin({ origin, variable }: { origin: keyof typeof LOOKS; variable?: string }) {
  const { word, tone } = LOOKS[origin];
  return (
    <span
      title={origin === "variable" && variable ? `set by ${variable}` : undefined}
      className={cn("inline-flex h-5 items-center whitespace-nowrap rounded-full border px-2 text-xs", tone)}
    >
      {origin === "variable" && variable ? variable : word}
    </span>
  );
}
