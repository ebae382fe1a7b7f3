import { type ReactNode, useId } from "react";
import { cn } from "./cn";

interface Props {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** Without padding, for tables that reach the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A titled region of a page. */
export function Card({ title, hint, actions, flush = false, className, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("min-w-0 rounded-lg border bg-surface", className)}>
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
        <h2 id={id} className="font-semibold text-[13px]">
          {title}
        </h2>
        {hint && <p className="min-w-0 text-faint text-xs">{hint}</p>}
        {actions && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </header>
      <div className={flush ? "min-w-0" : "p-4"}>{children}</div>
    </section>
  );
}
