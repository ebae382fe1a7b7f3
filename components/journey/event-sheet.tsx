"use client";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { KeyboardEvent, ReactNode } from "react";
import type { TelemetryEventView } from "@/contracts/http";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { useReturnOfFocus } from "./use-return-of-focus";

/** Whether there is an event on this side: one that is at hand, one that has to be fetched first, or none. */
export type Side = "ready" | "fetch" | null;

interface Props {
  /** null = closed. */
  eventId: string | null;
  event: TelemetryEventView | null;
  /** "3 of 120" */
  place: string | null;
  before: Side;
  after: Side;
  onTurn: (step: -1 | 1) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A sheet at the right with one telemetry event; the arrow keys lead to the one before and after. */
export function EventSheet({ eventId, event, place, before, after, onTurn, onClose, children }: Props) {
  const focus = useReturnOfFocus(eventId);

  function onKeyDown(pressed: KeyboardEvent<HTMLElement>) {
    if (pressed.shiftKey || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    if (pressed.key !== "ArrowLeft" && pressed.key !== "ArrowRight") return;
    pressed.preventDefault();
    onTurn(pressed.key === "ArrowLeft" ? -1 : 1);
  }

  return (
    <Dialog.Root open={eventId !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[var(--shade)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          {...focus}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-l bg-surface shadow-2xl outline-none"
        >
          <div className="flex items-center gap-3 border-b px-4 py-2.5">
            <div className="min-w-0">
              <Dialog.Title className="truncate font-semibold text-[15px]">
                {event ? `${event.stage}${event.type ? ` · ${event.type}` : ""}` : "Telemetry event"}
              </Dialog.Title>
              {place !== null && <p className="text-faint text-xs">{place}</p>}
            </div>
            <div className="ml-auto flex shrink-0 items-center gap-1">
              <TurnButton label="Event before" keys="ArrowLeft" side={before} onClick={() => onTurn(-1)} />
              <TurnButton label="Event after" keys="ArrowRight" side={after} onClick={() => onTurn(1)} />
              <CopyButton label="Copy link to this event" text={() => window.location.href} iconOnly />
              <Dialog.Close asChild>
                <Button look="quiet" size="icon" aria-label="Close">
                  <X aria-hidden className="size-4" />
                </Button>
              </Dialog.Close>
            </div>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface TurnButtonProps {
  label: string;
  keys: "ArrowLeft" | "ArrowRight";
  side: Side;
  onClick: () => void;
}

/** Stays in the order of focus at the ends, so that whoever holds the key down does not lose the place. */
function TurnButton({ label, keys, side, onClick }: TurnButtonProps) {
  const Icon = keys === "ArrowLeft" ? ChevronLeft : ChevronRight;
  const words = side === "fetch" ? `${label}, to be fetched` : label;
  return (
    <Button
      look="quiet"
      size="icon"
      aria-label={words}
      aria-keyshortcuts={keys}
      title={`${words} (${keys === "ArrowLeft" ? "←" : "→"})`}
      aria-disabled={side === null}
      className={side === null ? "opacity-55" : undefined}
      onClick={onClick}
    >
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}
