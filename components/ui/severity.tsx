import { CircleAlert, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { cn } from "./cn";

const LOOKS = {
  critical: { icon: OctagonAlert, text: "text-bad", soft: "bg-bad-soft" },
  high: { icon: OctagonAlert, text: "text-bad", soft: "bg-bad-soft" },
  error: { icon: CircleAlert, text: "text-bad", soft: "bg-bad-soft" },
  page: { icon: OctagonAlert, text: "text-bad", soft: "bg-bad-soft" },
  warning: { icon: TriangleAlert, text: "text-warn", soft: "bg-warn-soft" },
  ticket: { icon: TriangleAlert, text: "text-warn", soft: "bg-warn-soft" },
  info: { icon: Info, text: "text-muted", soft: "bg-raised" },
  none: { icon: Info, text: "text-muted", soft: "bg-raised" },
} as const;

/** Severity of a finding, an incident or an alert as icon and word. */
export function Severity({ severity }: { severity: keyof typeof LOOKS }) {
  const { icon: Icon, text, soft } = LOOKS[severity];
  return (
    <span className={cn("inline-flex items-center gap-1 rounded-full px-2 py-px font-medium text-xs", text, soft)}>
      <Icon aria-hidden className="size-3" />
      {severity}
    </span>
  );
}
