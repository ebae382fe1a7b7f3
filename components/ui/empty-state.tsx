import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Nothing to show: says why, and what to do. */
export function EmptyState({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon aria-hidden className="size-6 text-faint" strokeWidth={1.5} />
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-balance text-muted text-[13px]">{children}</div>}
    </div>
  );
}
