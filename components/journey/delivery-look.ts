import {
  CheckCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  CircleX,
  Ghost,
  type LucideIcon,
  OctagonAlert,
  Send,
  Unplug,
} from "lucide-react";

interface Look {
  icon: LucideIcon;
  tone: string;
  word: string;
}

const LOOKS: Record<string, Look> = {
  emitted: { icon: CircleDashed, tone: "text-muted", word: "emitted" },
  delivered: { icon: Send, tone: "text-good", word: "delivered" },
  acked: { icon: CheckCheck, tone: "text-good", word: "acknowledged" },
  lost: { icon: CircleX, tone: "text-bad", word: "lost" },
  dropped: { icon: CircleSlash, tone: "text-bad", word: "dropped" },
  phantom: { icon: Ghost, tone: "text-bad", word: "sent to nobody" },
  connection_lost: { icon: Unplug, tone: "text-bad", word: "connection lost" },
  unacked: { icon: CircleDashed, tone: "text-warn", word: "not acknowledged" },
  leaked: { icon: OctagonAlert, tone: "text-bad", word: "leaked" },
  unknown: { icon: CircleHelp, tone: "text-muted", word: "unknown" },
};

export function deliveryLook(state: string): Look {
  return LOOKS[state] ?? { icon: CircleHelp, tone: "text-muted", word: state };
}
