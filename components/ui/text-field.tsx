"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

interface Props extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  /** What is wrong with the value. */
  problem?: string | null | undefined;
  /** Leaves the label to what stands around the field. */
  labelHidden?: boolean;
}

/** A text field with its label, an explanation and what is wrong with it. */
export function TextField({ label, value, onChange, hint, problem, labelHidden = false, className, ...rest }: Props) {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : "font-medium text-[13px]"}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem ? true : undefined}
        aria-describedby={about || undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          "h-8 w-full min-w-0 rounded-md border bg-surface px-2.5 text-[13px] hover:border-line-strong",
          "disabled:cursor-not-allowed disabled:bg-raised disabled:text-muted disabled:hover:border-line",
          problem && "border-bad-fill hover:border-bad-fill",
        )}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-faint text-xs">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-bad text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
