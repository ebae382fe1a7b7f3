"use client";
import { Popover as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface Props {
  /** What screen readers call it. */
  label: string;
  /** The button that opens it. */
  trigger: ReactNode;
  /** Which of its edges stands under the trigger's. */
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Its width, at least. */
  className: string;
  children: ReactNode;
}

/** A small surface that its trigger opens over the page; Escape and a press beside it close it. */
export function Popover({ label, trigger, align = "end", open, onOpenChange, className, children }: Props) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cn("z-50 max-w-[calc(100vw-1rem)] rounded-lg border bg-surface shadow-lg", className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
