"use client";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../ui/button";

interface Props {
  label: string;
  names: readonly string[];
  placeholder: string;
  disabled: boolean;
  /** Why a name cannot be added; null when it can. */
  refuse: (name: string) => string | null;
  onChange: (names: string[]) => void;
}

/** Names that are added and taken away one by one. */
export function NameList({ label, names, placeholder, disabled, refuse, onChange }: Props) {
  const id = useId();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = () => {
    const name = text.trim();
    if (name === "") return;
    const refused = names.includes(name) ? `${name} is there already` : refuse(name);
    setProblem(refused);
    if (refused !== null) return;
    onChange([...names, name]);
    setText("");
  };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {names.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {names.map((name) => (
            <li
              key={name}
              className="inline-flex h-7 max-w-full items-center rounded-md border bg-raised pl-2 font-mono text-[12.5px]"
            >
              <span className="truncate" title={name}>
                {name}
              </span>
              {disabled ? (
                <span className="pr-2" />
              ) : (
                <button
                  type="button"
                  aria-label={`Remove ${name}`}
                  className="grid size-7 shrink-0 place-items-center text-faint hover:text-bad"
                  onClick={() => onChange(names.filter((other) => other !== name))}
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <div className="flex max-w-sm flex-col gap-1">
          <div className="flex gap-1.5">
            <input
              aria-label={`Add to ${label}`}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? id : undefined}
              value={text}
              placeholder={placeholder}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                setText(event.target.value);
                setProblem(null);
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
              className="h-8 w-full min-w-0 rounded-md border bg-surface px-2.5 font-mono text-[12.5px] hover:border-line-strong"
            />
            <Button onClick={add} disabled={text.trim() === ""}>
              <Plus aria-hidden className="size-3.5" />
              Add
            </Button>
          </div>
          {problem && (
            <p id={id} role="alert" className="text-bad text-xs">
              {problem}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
