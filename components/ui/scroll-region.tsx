import type { ReactNode } from "react";
import { cn } from "./cn";

interface Props {
  label: string;
  className?: string;
  children: ReactNode;
}

/** A region that scrolls by itself and can therefore be reached by keyboard. */
export function ScrollRegion({ label, className, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop nobody could scroll it by keyboard
    <section aria-label={label} tabIndex={0} className={cn("relative overflow-auto -outline-offset-2", className)}>
      {children}
    </section>
  );
}
