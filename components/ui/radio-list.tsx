"use client";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface Props<Value extends string> {
  legend: string;
  /** For screen readers only: what stands above says it already. */
  legendHidden?: boolean;
  value: Value;
  choices: readonly { value: Value; says: ReactNode }[];
  onChange: (value: Value) => void;
}

/** One of a few choices, each explained beside its button. */
export function RadioList<Value extends string>({ legend, legendHidden, value, choices, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5 text-[13px]">
      <legend className={cn(legendHidden ? "sr-only" : "mb-1 font-medium")}>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex items-start gap-2">
          <input
            type="radio"
            name={name}
            className="mt-1 accent-[var(--accent)]"
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.says}</span>
        </label>
      ))}
    </fieldset>
  );
}
