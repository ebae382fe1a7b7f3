"use client";
import { counted, figure } from "@/client/format";
import { useEnvironment } from "@/client/url-state";
import { useFiringAlerts } from "@/client/use-firing-alerts";

/** How many alerts fire, beside the name of their page. Nothing is shown where none does. */
export function FiringCount({ ref }: { ref?: ((badge: HTMLElement | null) => void) | undefined }) {
  const [environment] = useEnvironment();
  const firing = useFiringAlerts(environment) ?? 0;
  if (firing === 0) return null;
  return (
    <span ref={ref} className="rounded-full bg-bad-soft px-1.5 font-semibold text-bad text-xs leading-5">
      <span aria-hidden>{figure(firing)}</span>
      <span className="sr-only">{counted(firing, "alert")} firing</span>
    </span>
  );
}
