"use client";
import { Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { PolicyField, PolicyView } from "@/contracts/settings";
import { Button } from "../../ui/button";
import { cn } from "../../ui/cn";
import { Origin } from "../origin";

export interface FieldRowProps {
  view: PolicyView;
  field: PolicyField;
  label: string;
  says: string;
  /** Whether the environment would have this value of its own. */
  isOwn: boolean;
  changed: boolean;
  problem?: string | undefined;
  /** Takes the value of all environments again; null = nothing can be changed. */
  onGiveUp: (() => void) | null;
  children: ReactNode;
}

/** One value: what it is for, the value, and where it comes from. */
export function FieldRow(props: FieldRowProps) {
  const { view, field, label, says, isOwn, changed, problem, onGiveUp, children } = props;
  const shared = view.origins[field] === "saved" ? "default" : view.origins[field];
  return (
    <div
      className={cn(
        "grid gap-x-6 gap-y-2 border-l-2 border-l-transparent px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)_12rem]",
        changed && "border-l-accent",
      )}
    >
      <div className="min-w-0">
        <p className="font-medium text-[13px]">{label}</p>
        <p className="text-faint text-xs">{says}</p>
      </div>
      <div className="order-last min-w-0 sm:col-span-2 lg:order-none lg:col-span-1">
        {children}
        {problem && (
          <p role="alert" className="mt-1 text-bad text-xs">
            {problem}
          </p>
        )}
      </div>
      <div className="flex items-start gap-1 sm:justify-end lg:justify-start">
        <Origin origin={isOwn ? "saved" : shared} variable="SIGNALBOX_POLICY" />
        {isOwn && onGiveUp && (
          <Button
            look="quiet"
            size="small"
            className="-mt-1"
            aria-label={`${label}: back to the value of all environments`}
            title="Back to the value of all environments"
            onClick={onGiveUp}
          >
            <Undo2 aria-hidden className="size-3.5" />
            reset
          </Button>
        )}
      </div>
    </div>
  );
}
