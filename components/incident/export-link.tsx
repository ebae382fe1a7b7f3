"use client";
import { Download } from "lucide-react";
import { queryString } from "@/client/api";
import type { IncidentSummary } from "@/contracts/http";
import { buttonLook } from "../ui/button";

/** Downloads the incident as a redacted file. */
export function ExportLink({ incident: { environment, id } }: { incident: IncidentSummary }) {
  return (
    <a
      href={`/api/v1/incidents/${encodeURIComponent(id)}/export${queryString({ environment })}`}
      download
      title="One JSON file, redacted as it is stored, without the words of notes"
      className={buttonLook()}
    >
      <Download aria-hidden className="size-3.5" />
      Export
    </a>
  );
}
