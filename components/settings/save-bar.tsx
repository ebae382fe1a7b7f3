"use client";
import type { ReactNode } from "react";
import { Button } from "../ui/button";

interface Props {
  /** What was changed, in words; null = nothing. */
  changed: string | null;
  action: string;
  /** Why it cannot be saved as it is. */
  problem?: string | null;
  busy?: boolean;
  onSave: () => void;
  onDiscard: () => void;
  children?: ReactNode;
}

/** Stands at the lower edge of the page while something is changed and not saved. */
export function SaveBar({ changed, action, problem, busy = false, onSave, onDiscard, children }: Props) {
  if (changed === null) return null;
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5 shadow-lg">
      <div className="min-w-0 text-[13px]">
        <p className="font-medium">{changed}</p>
        {children}
        {problem && (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        )}
      </div>
      <div className="ml-auto flex gap-2">
        <Button onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
        <Button look="strong" onClick={onSave} disabled={busy || Boolean(problem)}>
          {action}
        </Button>
      </div>
    </div>
  );
}
