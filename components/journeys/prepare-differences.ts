import { counted, duration, figure } from "@/client/format";
import type { Differences, DifferenceView } from "@/contracts/http";

const DIMENSIONS: Record<DifferenceView["dimension"], string> = {
  router: "Router",
  handler: "Handler",
  version: "Version",
  instance: "Instance",
  connectionAge: "Connection open for",
  payloadSize: "Request size",
  agent: "Agent",
  tool: "Tool",
};

export function dimensionTitle(dimension: DifferenceView["dimension"]): string {
  return DIMENSIONS[dimension];
}

/** A name, or a bucket in words: "under 1 s", "1 s to 10 s", "6 h or more". */
export function valueWords({
  dimension,
  value,
  bucket,
}: Pick<DifferenceView, "dimension" | "value" | "bucket">): string {
  if (!bucket) return value;
  const say = dimension === "connectionAge" ? wholeDuration : bytes;
  if (bucket.from === null) return bucket.below === null ? "any" : `under ${say(bucket.below)}`;
  return bucket.below === null ? `${say(bucket.from)} or more` : `${say(bucket.from)} to ${say(bucket.below)}`;
}

/** "24.7×"; where no healthy journey has it there is no ratio to give. */
export function liftWords(lift: number | null): string {
  return lift === null ? "only failed" : `${timesFigure(lift)}×`;
}

/** "in 41 of 43 failed, in 120 of 3,110 healthy: 24.7×" */
export function differenceSentence(item: DifferenceView, sides: Pick<Differences, "failed" | "healthy">): string {
  const of = (count: number, all: number) => `${count === 0 ? "none" : figure(count)} of ${figure(all)}`;
  const both = `in ${of(item.failed, sides.failed.compared)} failed, in ${of(item.healthy, sides.healthy.compared)} healthy`;
  return item.lift === null ? both : `${both}: ${liftWords(item.lift)}`;
}

/** What was held against what. */
export function samplesSentence({ failed, healthy, alike, chosen }: Differences): string {
  const failedWords =
    failed.of === null
      ? `the newest ${figure(failed.compared)} failed journeys`
      : counted(failed.compared, "failed journey");
  const kind = alike ? "healthy ones like them" : "healthy ones";
  const healthyWords =
    healthy.of === null
      ? `${figure(healthy.compared)} ${kind}, spread over the period`
      : `${figure(healthy.compared)} ${kind}`;
  const names = chosen.map(({ dimension, value }) => `${dimensionTitle(dimension).toLowerCase()} ${value}`);
  const left = names.length > 0 ? `; ${names.join(", ")} chosen by the filter` : "";
  return `${failedWords} against ${healthyWords}${left}`;
}

/** Why nothing is said; null where both sides are large enough. */
export function tooFew({ failed, healthy, needed, items }: Differences): string | null {
  if (items !== null) return null;
  const side = (name: string, compared: number) =>
    compared < needed ? [`${figure(compared)} of ${figure(needed)} ${name} journeys needed`] : [];
  return [...side("failed", failed.compared), ...side("healthy", healthy.compared)].join(", ");
}

function timesFigure(value: number): string {
  return value < 10 ? value.toFixed(1) : figure(Math.round(value * 10) / 10);
}

function wholeDuration(ms: number): string {
  if (ms >= 3_600_000) return `${ms / 3_600_000} h`;
  return ms >= 60_000 ? `${ms / 60_000} min` : ms >= 1_000 ? `${ms / 1_000} s` : duration(ms);
}

function bytes(size: number): string {
  return size >= 1_024 ? `${size / 1_024} KiB` : `${size} bytes`;
}
