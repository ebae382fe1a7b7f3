import { cn } from "../ui/cn";
import { type PreparedShares, SHARE_LOOKS } from "./prepare-shares";

/** Journeys by status as one bar; the figures stand beside it and in its title, so the bar itself is silent. */
export function StatusShares({ shares, className }: { shares: PreparedShares; className?: string }) {
  return (
    <span
      aria-hidden
      title={shares.text}
      className={cn("flex h-1.5 w-full gap-px overflow-hidden rounded-full", className)}
    >
      {shares.parts.map(({ status, share }) => (
        <span
          key={status}
          className={cn("min-w-[3px]", SHARE_LOOKS[status])}
          style={{ flexGrow: share, flexBasis: 0 }}
        />
      ))}
    </span>
  );
}
