import { cn } from "./cn";

/** An id, whole in the title, cut where there is no room. */
export function IdText({ children, className }: { children: string; className?: string }) {
  return (
    <span title={children} className={cn("truncate font-mono text-[12.5px]", className)}>
      {children}
    </span>
  );
}
