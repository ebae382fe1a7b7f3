"use client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { ScrollRegion } from "./scroll-region";
import { useFocusBack } from "./use-focus-back";

interface Props {
  title: string;
  /** What it is about, in a sentence. */
  lead: ReactNode;
  open: boolean;
  onClose: () => void;
  /** Left open by a click beside it and by Escape: what it shows is shown once. */
  sticky?: boolean;
  wide?: boolean;
  footer: ReactNode;
  children: ReactNode;
}

/** A dialog in the middle of the page; its body scrolls, its buttons stay. */
export function Modal({ title, lead, open, onClose, sticky = false, wide = false, footer, children }: Props) {
  const focus = useFocusBack();
  const keep = (event: Event) => {
    if (sticky) event.preventDefault();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[var(--shade)]" />
        <Dialog.Content
          onEscapeKeyDown={keep}
          onInteractOutside={keep}
          {...focus}
          className={cn(
            "-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-1.5rem)] flex-col rounded-lg border bg-surface shadow-2xl outline-none",
            wide ? "max-w-2xl" : "max-w-lg",
          )}
        >
          <div className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0">
              <Dialog.Title className="font-semibold text-[15px]">{title}</Dialog.Title>
              <Dialog.Description className="text-[13px] text-muted">{lead}</Dialog.Description>
            </div>
            {!sticky && (
              <Dialog.Close asChild>
                <Button look="quiet" size="icon" aria-label="Close" className="-mr-1 ml-auto shrink-0">
                  <X aria-hidden className="size-4" />
                </Button>
              </Dialog.Close>
            )}
          </div>
          <ScrollRegion label={title} className="min-h-0 flex-1 p-4">
            {children}
          </ScrollRegion>
          <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">{footer}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
