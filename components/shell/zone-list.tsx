"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useMemo, useState } from "react";
import { figure } from "@/client/format";
import type { Zone } from "@/client/zone";
import { prepareZones } from "./prepare-zones";

interface Props {
  chosen: Zone;
  onChoose: (zone: Zone) => void;
}

/** A field that narrows the list of zones while it is typed into. */
export function ZoneList({ chosen, onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const { options, omitted } = useMemo(() => prepareZones(typed, Date.now()), [typed]);
  return (
    <Command label="Time zone" shouldFilter={false} defaultValue={chosen}>
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder="City, zone or offset"
        className="h-10 w-full border-b bg-transparent px-3 text-[13px] outline-none"
      />
      <Command.List label="Time zones" className="max-h-72 overflow-y-auto p-1">
        <Command.Empty className="p-4 text-center text-[13px] text-muted">No time zone matches</Command.Empty>
        {options.map(({ zone, label, offset }) => (
          <Command.Item
            key={zone}
            value={zone}
            onSelect={() => onChoose(zone)}
            className="flex min-h-8 cursor-default select-none items-center gap-2 rounded px-2 text-[13px] data-[selected=true]:bg-raised"
          >
            <span className="size-3.5">
              {zone === chosen && <Check aria-hidden className="size-3.5 text-accent" />}
            </span>
            <span className="min-w-0 flex-1 truncate">{label}</span>
            <span className="text-faint text-xs">{offset}</span>
          </Command.Item>
        ))}
      </Command.List>
      {omitted > 0 && (
        <p className="border-t px-3 py-1.5 text-faint text-xs">{figure(omitted)} more: type to narrow.</p>
      )}
    </Command>
  );
}
