"use client";
import { Clock } from "lucide-react";
import { useState } from "react";
import { useZone } from "@/client/url-state";
import { useHydrated } from "@/client/use-hydrated";
import { shortZoneName, type Zone, zoneOffset } from "@/client/zone";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";
import { ZoneList } from "./zone-list";

/** Which zone every time is shown in: the browser's, UTC or any other. Kept in this browser. */
export function ZoneSwitch() {
  const [zone, setZone] = useZone();
  const [open, setOpen] = useState(false);
  const hydrated = useHydrated();
  if (!hydrated) return null;
  const name = shortZoneName(zone);
  function choose(next: Zone) {
    setZone(next);
    setOpen(false);
  }
  return (
    <Popover
      label="Time zone"
      open={open}
      onOpenChange={setOpen}
      className="w-80 overflow-hidden"
      trigger={
        <Button
          look="quiet"
          size="small"
          aria-label={`Time zone: ${name}`}
          title={`Times are shown in ${name}, ${zoneOffset(zone, Date.now())}`}
        >
          <Clock aria-hidden className="size-3.5" />
          <span className="max-w-28 truncate max-sm:hidden">{name}</span>
        </Button>
      }
    >
      <ZoneList chosen={zone} onChoose={choose} />
    </Popover>
  );
}
