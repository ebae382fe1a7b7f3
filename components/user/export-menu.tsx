"use client";
import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { figure } from "@/client/format";
import type { TimelineView } from "@/client/timeline-view";
import { exportAddress } from "@/client/use-timeline";
import { Button } from "../ui/button";

const FORMATS = [
  { format: "ndjson", label: "NDJSON", hint: "one event a line, every field" },
  { format: "csv", label: "CSV", hint: "for spreadsheets" },
] as const;

interface Props {
  environment: string;
  user: string;
  view: TimelineView;
  total: number;
}

/** Downloads exactly the events that are shown: all of them, however many pages. */
export function ExportMenu({ environment, user, view, total }: Props) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          <Download aria-hidden className="size-3.5" />
          Export
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-60 rounded-lg border bg-surface p-1 shadow-lg"
        >
          <DropdownMenu.Label className="px-2 py-1 text-faint text-xs">
            {figure(total)} events, as they are filtered now
          </DropdownMenu.Label>
          {FORMATS.map(({ format, label, hint }) => (
            <DropdownMenu.Item key={format} asChild>
              <a
                href={exportAddress(environment, user, view, format)}
                download
                className="flex h-8 items-center gap-2 rounded px-2 text-[13px] outline-none data-[highlighted]:bg-raised"
              >
                <span className="font-medium">{label}</span>
                <span className="text-faint text-xs">{hint}</span>
              </a>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
