/**
 * What is told about one group of alerts, whoever it is told to. Labels and annotations leave Signalbox, where no erasure
 * reaches them: they name rules, routers, types and versions, never a user.
 */
export interface NotifiedAlert {
  status: "firing" | "resolved";
  /** `alertname` and `severity` among them. */
  labels: Record<string, string>;
  /** `summary` among them: one sentence. */
  annotations: Record<string, string>;
  startsAt: Date;
  /** null while it fires. */
  endsAt: Date | null;
  /** The same for the same labels. */
  fingerprint: string;
  /** It fires on under a silence: for {@link notificationFor} to decide who hears of it all the same. */
  silenced: boolean;
  /** It has begun or ended, or was not told for long: without any such alert there is nothing to tell. */
  isNews: boolean;
  /** Page in Signalbox that shows it, such as /incidents/abc?environment=x */
  path: string;
}

export interface Notification {
  environment: string;
  /** Names the group; what is told of one group reaches a receiver in the order in which it was told. */
  groupKey: string;
  groupLabels: Record<string, string>;
  /** `firing` as long as one of the alerts fires. */
  status: "firing" | "resolved";
  alerts: NotifiedAlert[];
}
