"use client";
import type { ReactNode } from "react";
import { ALL_ENVIRONMENTS } from "@/contracts/access";
import { NameList } from "../name-list";

interface Props {
  value: string[];
  /** Those that there are; others may be named. */
  known: readonly string[];
  problem: string | undefined;
  /** Stands below the names that were chosen. */
  note?: ReactNode;
  onChange: (value: string[]) => void;
}

/** All environments, or some by name. */
export function Environments({ value, known, problem, note, onChange }: Props) {
  const all = value[0] === ALL_ENVIRONMENTS;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 text-[13px]">
      <legend className="mb-1 font-medium">In these environments</legend>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-[var(--accent)]"
          checked={all}
          onChange={() => onChange(all ? known.slice(0, 1) : [ALL_ENVIRONMENTS])}
        />
        every environment there is and will be
      </label>
      {!all && (
        <>
          <NameList
            label="Environments"
            names={value}
            placeholder={known.find((name) => !value.includes(name)) ?? "environment"}
            disabled={false}
            refuse={(name) => (name === ALL_ENVIRONMENTS ? "tick the box above for every environment" : null)}
            onChange={onChange}
          />
          {note && <p className="text-faint text-xs">{note}</p>}
        </>
      )}
      {problem && (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
