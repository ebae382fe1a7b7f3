"use client";
import { Command } from "cmdk";
import {
  Bookmark,
  Cable,
  CornerDownLeft,
  type LucideIcon,
  MessageSquare,
  MessagesSquare,
  PanelTop,
  Route,
  ShieldAlert,
  UserRound,
  Zap,
} from "lucide-react";
import { cn } from "../ui/cn";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import type { ItemIcon, PaletteItem } from "./palette-item";

const ICONS: Record<ItemIcon, LucideIcon> = {
  user: UserRound,
  run: Route,
  journey: Route,
  message: MessageSquare,
  connection: Cable,
  thread: MessagesSquare,
  incident: ShieldAlert,
  page: PanelTop,
  view: Bookmark,
  action: Zap,
};

/** One thing to choose: what it is called, what it is about, how it stands and since when. */
export function PaletteRow({ item, onChoose }: { item: PaletteItem; onChoose: () => void }) {
  const Icon = ICONS[item.icon];
  return (
    <Command.Item
      value={item.value}
      disabled={item.choice === null}
      onSelect={onChoose}
      className="group flex min-h-9 cursor-default select-none flex-wrap items-center gap-x-2.5 rounded-md px-2.5 py-1.5 text-[13px] data-[disabled=true]:opacity-60 data-[selected=true]:bg-accent-soft sm:flex-nowrap"
    >
      <span className="flex min-w-0 max-w-full items-center gap-2.5">
        <Icon aria-hidden className="size-4 shrink-0 text-faint" strokeWidth={1.75} />
        <span className={cn("min-w-0 truncate font-medium", item.isId && "font-mono text-[12.5px]")} title={item.title}>
          {item.title}
        </span>
      </span>
      {item.details.length > 0 && (
        <span className="min-w-0 shrink-[2] truncate text-muted text-xs">{item.details.join(" · ")}</span>
      )}
      {item.environment && (
        <span className="shrink-0 rounded bg-raised px-1.5 py-px text-muted text-xs">{item.environment}</span>
      )}
      <span className="flex w-full shrink-0 items-center gap-3 pl-6.5 text-xs empty:hidden sm:ml-auto sm:w-auto sm:pl-2">
        {item.status && <Status status={item.status} />}
        {item.at && (
          <span className="text-muted">
            <Time at={item.at} />
          </span>
        )}
      </span>
      <CornerDownLeft
        aria-hidden
        className="hidden size-3.5 shrink-0 text-accent sm:group-data-[selected=true]:block"
      />
    </Command.Item>
  );
}
