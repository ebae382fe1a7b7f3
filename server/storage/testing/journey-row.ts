/** A journey's row with nothing in its verdict, for tests of what happens around journeys. */
export function journeyRow(key: string, status: string, environment = "production") {
  const now = new Date();
  return {
    environment,
    key,
    id: key.slice(2),
    status,
    startedAt: now,
    lastEventAt: now,
    policyVersion: 1,
    eventCount: 1,
    judgedAt: now,
    verdict: {},
    contributionMinute: now,
  };
}
