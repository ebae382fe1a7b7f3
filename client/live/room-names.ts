/** Names of the live rooms as the server parses them. */
export const rooms = {
  overview: (environment: string, minutes: number) => `overview:${minutes}@${environment}`,
  journeys: (environment: string) => `journeys@${environment}`,
  journey: (environment: string, id: string) => `journey:${id}@${environment}`,
  user: (environment: string, id: string) => `user:${id}@${environment}`,
  incident: (environment: string, id: string) => `incident:${id}@${environment}`,
  routers: (environment: string, minutes: number) => `routers:${minutes}@${environment}`,
  router: (environment: string, router: string, minutes: number) => `router:${minutes}:${router}@${environment}`,
  incidents: (environment: string) => `incidents@${environment}`,
  openIncidents: (environment: string) => `open-incidents@${environment}`,
  firingAlerts: (environment: string) => `firing-alerts@${environment}`,
  alerts: (environment: string) => `alerts@${environment}`,
  slo: (environment: string) => `slo@${environment}`,
  deliveries: (environment: string) => `deliveries@${environment}`,
  sources: (environment: string) => `sources@${environment}`,
};
