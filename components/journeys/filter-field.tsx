"use client";
import type { LucideIcon } from "lucide-react";
import { type FocusEvent, useEffect, useState } from "react";
import { cn } from "../ui/cn";

const COMMIT_AFTER_MS = 400;

interface Props {
  label: string;
  placeholder?: string;
  icon?: LucideIcon;
  value: string | null;
  onCommit: (value: string | null) => void;
  className?: string;
}

/** A text filter: takes effect when typing pauses, at Enter, or when left. */
export function FilterField({ label, placeholder, icon: Icon, value, onCommit, className }: Props) {
  const [text, setText] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value ?? "");
  }
  const typed = text.trim() || null;
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onCommit(typed), COMMIT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onCommit]);
  /** Whoever follows a link while typing goes where it leads; a filter that took effect meanwhile would lead back. */
  function onBlur({ relatedTarget }: FocusEvent) {
    if (typed === value) return;
    if (relatedTarget instanceof Element && relatedTarget.closest("a[href]")) setText(value ?? "");
    else onCommit(typed);
  }
  return (
    <label
      className={cn(
        "flex h-8 items-center gap-1.5 rounded-md border bg-surface px-2.5 text-[13px] focus-within:border-accent hover:border-line-strong",
        className,
      )}
    >
      {Icon ? <Icon aria-hidden className="size-3.5 shrink-0 text-faint" /> : null}
      <span className={placeholder ? "sr-only" : "text-faint"}>{label}</span>
      <input
        type="text"
        value={text}
        placeholder={placeholder ?? "any"}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={onBlur}
        onKeyDown={(event) => event.key === "Enter" && onCommit(typed)}
        className="w-full min-w-0 bg-transparent font-medium outline-none placeholder:font-normal"
      />
    </label>
  );
}
