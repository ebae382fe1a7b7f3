"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type AlertHistory, type AlertRow, alertHistory, alertList } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { alertsRoom } from "./live/alert-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { usePaged } from "./settings/use-paged";

/** Alerts of this environment that stand, kept up to date live. */
export function useAlerts(environment: string | null) {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.alerts(environment), () => alertsRoom(cache, environment ?? ""));
  return useQuery({
    queryKey: keys.alerts(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("alerts", { environment }, alertList, signal),
  });
}

/** Alerts that ended; of one rule, or of all. Read again whenever rules were looked at. */
export function useAlertHistory(environment: string | null, rule: string | null) {
  useAlerts(environment);
  return usePaged<AlertRow, AlertHistory>({
    queryKey: keys.alertHistory(environment ?? "", rule),
    path: "alerts/history",
    query: { environment, rule, limit: 50 },
    schema: alertHistory,
    enabled: environment !== null,
  });
}
