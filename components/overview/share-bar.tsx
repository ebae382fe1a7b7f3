import { cn } from "../ui/cn";

/** A share as a bar; the figure stands beside it, so the bar itself is silent, and a phone goes without. */
export function ShareBar({ share, tone = "idle" }: { share: number; tone?: "idle" | "good" | "bad" }) {
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span aria-hidden className="hidden h-1.5 w-full min-w-16 overflow-hidden rounded-full bg-line sm:block">
      <span
        className={cn(
          "block h-full rounded-full",
          tone === "good" ? "bg-good-fill" : tone === "bad" ? "bg-bad-fill" : "bg-idle-fill",
        )}
        style={{ width }}
      />
    </span>
  );
}
