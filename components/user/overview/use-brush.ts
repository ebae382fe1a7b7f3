"use client";
import { type PointerEvent, useRef, useState } from "react";

/** A drag of less is a click. */
const DRAG_PX = 4;

export interface Brush {
  /** What is being selected, in px; null while nothing is. */
  selected: { fromX: number; toX: number } | null;
  handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
}

/** Selects a stretch by dragging from left to right or back; a click on nothing else is told too. */
export function useBrush(onSelect: (fromX: number, toX: number) => void, onPick: (x: number) => void): Brush {
  const [selected, setSelected] = useState<Brush["selected"]>(null);
  const startX = useRef<number | null>(null);
  const end = () => {
    startX.current = null;
    setSelected(null);
  };
  return {
    selected,
    handlers: {
      onPointerDown(event) {
        if (event.button === 0) startX.current = placeOf(event);
      },
      onPointerMove(event) {
        if (startX.current === null) return;
        const x = placeOf(event);
        if (!selected && Math.abs(x - startX.current) < DRAG_PX) return;
        // Captured only now: a captured pointer clicks on nothing.
        event.currentTarget.setPointerCapture(event.pointerId);
        setSelected({ fromX: Math.min(startX.current, x), toX: Math.max(startX.current, x) });
      },
      onPointerUp(event) {
        if (selected) onSelect(selected.fromX, selected.toX);
        else if (startX.current !== null && !onSomething(event.target)) onPick(placeOf(event));
        end();
      },
      onPointerCancel: end,
    },
  };
}

function placeOf(event: PointerEvent<HTMLElement>): number {
  return event.clientX - event.currentTarget.getBoundingClientRect().left;
}

function onSomething(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button") !== null;
}
