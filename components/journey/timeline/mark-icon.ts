import {
  Activity,
  Bot,
  CheckCheck,
  CircleDashed,
  Database,
  KeyRound,
  type LucideIcon,
  MessageSquare,
  Plug,
  Route,
  Send,
  ShieldX,
  Unplug,
  X,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  connection_opened: Plug,
  connection_authenticated: KeyRound,
  connection_rejected: ShieldX,
  connection_closed: Unplug,
  received: MessageSquare,
  routed: Route,
  emitted: Bot,
  sent: Send,
  acked: CheckCheck,
  dropped: X,
  persisted: Database,
  state: Activity,
  missing: CircleDashed,
};

export function markIcon(stage: string): LucideIcon {
  return ICONS[stage] ?? Activity;
}
