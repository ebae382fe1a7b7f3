"use client";
import { OctagonAlert, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { counted, figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { Overview } from "@/contracts/http";

/** One leak is an incident: it stands above everything else. */
export function OpenLeaks({ incidents }: { incidents: Overview["incidents"] }) {
  const href = useHref();
  if (incidents.open === 0)
    return (
      <p className="flex items-center gap-2 text-[13px] text-muted">
        <ShieldCheck aria-hidden className="size-4 text-good" /> No open leak: no message is known to have reached
        another user.
      </p>
    );
  return (
    <Link
      href={href("/incidents")}
      className="flex flex-wrap items-center gap-x-2 rounded-lg border border-bad-fill bg-bad-soft px-4 py-2.5 text-bad text-[13px] hover:underline"
    >
      <OctagonAlert aria-hidden className="size-4" />
      <strong className="font-semibold">{counted(incidents.open, "open leak")}</strong>
      {incidents.critical > 0 && <span>({figure(incidents.critical)} critical)</span>}
      <span>Messages of one user reached another.</span>
    </Link>
  );
}
