"use client";
import { ShieldAlert, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { figure } from "@/client/format";
import { cn } from "../../ui/cn";
import { AXIS_PX, DENSITY_PX, FAULTS_PX } from "./lane-heights";
import type { Fault, FaultKind } from "./prepared-overview";

const SIZE_PX = 20;
const LOOKS: Record<FaultKind, string> = {
  error: "border-bad-fill bg-bad-soft text-bad",
  missing: "border-2 border-bad-fill border-dashed bg-surface text-bad",
  leak: "border-bad-fill bg-bad-fill text-white dark:text-black",
};
const KINDS: Record<FaultKind, string> = { error: "error", missing: "never came", leak: "leak" };

interface Props {
  faults: Fault[];
  onLook: (fault: Fault | null) => void;
  onOpen: (fault: Fault) => void;
}

/** What went wrong, as marks that are walked by the arrow keys; what was owed and never came is hollow. */
export function FaultMarks({ faults, onLook, onOpen }: Props) {
  const [reached, setReached] = useState(0);
  const current = Math.min(reached, faults.length - 1);
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = event.key === "Home" ? 0 : event.key === "End" ? faults.length - 1 : current + step;
    if (next === current || !faults[next]) return;
    event.preventDefault();
    setReached(next);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[next]?.focus();
  }
  if (faults.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of marks moved through by arrow keys is no fieldset
    <div role="group" aria-label="Faults; the arrow keys move from one to the next" onKeyDown={onKeyDown}>
      {faults.map((fault, index) => (
        <button
          key={fault.key}
          type="button"
          tabIndex={index === current ? 0 : -1}
          aria-label={`${fault.title}, ${KINDS[fault.kind]}`}
          onPointerEnter={() => onLook(fault)}
          onPointerLeave={() => onLook(null)}
          onFocus={() => {
            setReached(index);
            onLook(fault);
          }}
          onBlur={() => onLook(null)}
          onClick={() => onOpen(fault)}
          className={cn(
            "absolute grid place-items-center rounded-full border font-semibold text-[10px] hover:z-10 focus:z-10",
            LOOKS[fault.kind],
          )}
          style={{
            left: fault.x - SIZE_PX / 2,
            top: AXIS_PX + DENSITY_PX + (FAULTS_PX - SIZE_PX) / 2,
            width: SIZE_PX,
            height: SIZE_PX,
          }}
        >
          <Sign fault={fault} />
        </button>
      ))}
    </div>
  );
}

function Sign({ fault: { kind, count } }: { fault: Fault }) {
  if (count > 1) return count > 99 ? "99+" : figure(count);
  if (kind === "leak") return <ShieldAlert aria-hidden className="size-3" strokeWidth={2.25} />;
  return kind === "error" ? <X aria-hidden className="size-3" strokeWidth={2.5} /> : null;
}
