"use client";
import { Bell, Check, RotateCcw, UserCheck } from "lucide-react";
import { useChangeIncident } from "@/client/use-incident";
import { useMayAct } from "@/client/use-may-act";
import type { IncidentSummary } from "@/contracts/http";
import { Button } from "../ui/button";
import { MuteMenu } from "./mute-menu";

/** What can be done with it in its state. */
export function IncidentActions({ incident }: { incident: IncidentSummary }) {
  const { environment, id, status, revision, mutedUntil } = incident;
  const { mutate, isPending, error } = useChangeIncident(environment, id);
  const mayAct = useMayAct();
  const waits = status === "open" || status === "regressed";
  const to = (wish: "open" | "acknowledged" | "resolved") => mutate({ status: wish, revision });
  if (!mayAct || status === "withdrawn") return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {waits && (
        <Button look="strong" disabled={isPending} onClick={() => to("acknowledged")}>
          <UserCheck aria-hidden className="size-3.5" />
          Acknowledge
        </Button>
      )}
      {status === "resolved" ? (
        <Button disabled={isPending} onClick={() => to("open")}>
          <RotateCcw aria-hidden className="size-3.5" />
          Open again
        </Button>
      ) : (
        <Button disabled={isPending} onClick={() => to("resolved")}>
          <Check aria-hidden className="size-3.5" />
          Resolve
        </Button>
      )}
      {status === "acknowledged" && (
        <Button look="quiet" disabled={isPending} onClick={() => to("open")}>
          Give back
        </Button>
      )}
      {status !== "resolved" &&
        (mutedUntil === null ? (
          <MuteMenu disabled={isPending} onMute={(until) => mutate({ mutedUntil: until, revision })} />
        ) : (
          <Button disabled={isPending} onClick={() => mutate({ mutedUntil: null, revision })}>
            <Bell aria-hidden className="size-3.5" />
            Unmute
          </Button>
        ))}
      {error && (
        <p role="alert" className="text-[13px] text-bad">
          {error.message}
        </p>
      )}
    </div>
  );
}
