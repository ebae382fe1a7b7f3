"use client";
import { exactDuration } from "@/client/duration";
import { TextField } from "../../ui/text-field";
import { FieldRow, type FieldRowProps } from "./field-row";
import type { DurationField } from "./policy-words";

interface Props extends Omit<FieldRowProps, "children" | "field"> {
  field: DurationField;
  text: string;
  disabled: boolean;
  onChange: (text: string) => void;
}

/** A waiting time, written with its unit. */
export function DurationRow({ text, disabled, problem, onChange, ...row }: Props) {
  const { view, field, label, isOwn } = row;
  return (
    <FieldRow {...row}>
      <TextField
        label={label}
        labelHidden
        value={text}
        disabled={disabled}
        problem={problem}
        className="lg:max-w-48"
        hint={isOwn ? `all environments: ${exactDuration(view.base[field])}` : undefined}
        onChange={onChange}
      />
    </FieldRow>
  );
}
