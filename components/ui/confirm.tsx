"use client";
import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { useFocusBack } from "./use-focus-back";

interface Props {
  title: string;
  /** What happens, in a sentence or two. */
  children: ReactNode;
  /** The verb on the button that does it. */
  action: string;
  open: boolean;
  busy: boolean;
  problem: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone. The safe answer has the focus. */
export function Confirm({ title, children, action, open, busy, problem, onConfirm, onClose }: Props) {
  const focus = useFocusBack();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[var(--shade)]" />
        <AlertDialog.Content
          {...focus}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-md rounded-lg border bg-surface p-4 shadow-2xl outline-none"
        >
          <AlertDialog.Title className="font-semibold text-[15px]">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 text-[13px] text-muted">{children}</div>
          </AlertDialog.Description>
          {problem && (
            <p role="alert" className="mt-2 text-[13px] text-bad">
              {problem}
            </p>
          )}
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <Button look="danger" disabled={busy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
