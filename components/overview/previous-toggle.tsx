"use client";
import { History } from "lucide-react";
import { usePrevious } from "@/client/url-state";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

/** Lays the period of equal length before behind the charts, or takes it away. */
export function PreviousToggle() {
  const [shown, show] = usePrevious();
  return (
    <Button
      aria-pressed={shown}
      onClick={() => show(!shown)}
      className={cn(shown ? "border-transparent bg-accent-soft text-accent hover:bg-accent-soft" : "text-muted")}
    >
      <History aria-hidden className="size-3.5" />
      Period before
    </Button>
  );
}
