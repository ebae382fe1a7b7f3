import { cn } from "./cn";

interface Props {
  name: string;
  /** For those who do not see the placeholder. */
  label: string;
  placeholder?: string;
  defaultValue?: string;
  maxLength?: number;
  required?: boolean;
  describedBy?: string | undefined;
  className?: string;
  /** Takes the focus when it appears, as what was asked for. */
  focused?: boolean;
}

/** A field for one line of text whose label is not shown. */
export function TextLine({ label, describedBy, className, focused = false, ...rest }: Props) {
  return (
    <input
      type="text"
      aria-label={label}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      ref={focused ? focus : null}
      className={cn(
        "h-8 w-full min-w-0 rounded-md border bg-raised px-2.5 text-[13px] hover:border-line-strong",
        className,
      )}
      {...rest}
    />
  );
}

function focus(field: HTMLInputElement | null) {
  field?.select();
}
