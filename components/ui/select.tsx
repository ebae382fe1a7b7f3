import { ChevronDown } from "lucide-react";
import { cn } from "./cn";

interface Props<Value extends string> {
  label: string;
  value: NoInfer<Value>;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  /** Called when somebody is about to choose. */
  onReach?: () => void;
  /** Shows the label before the value. */
  labelled?: boolean;
  className?: string;
}

/** The browser's own select: works by keyboard and on the phone as people are used to. */
export function Select<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, onReach, labelled = false, className } = props;
  return (
    <label
      className={cn(
        "relative inline-flex h-8 min-w-0 items-center rounded-md border bg-surface text-[13px] hover:border-line-strong",
        className,
      )}
    >
      <span className={labelled ? "pl-2.5 text-faint" : "sr-only"}>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options[event.target.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
        onFocus={onReach}
        onPointerEnter={onReach}
        className="h-full min-w-0 max-w-44 appearance-none truncate rounded-md bg-transparent py-0 pr-7 pl-2.5 font-medium"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-surface text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2 size-3.5 text-faint" />
    </label>
  );
}
