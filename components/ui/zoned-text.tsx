"use client";
import { splitMoments } from "@/client/format";
import { Time } from "./time";

/** A sentence of the server's, its moments as times in the reader's zone. `near` is a time within half a day of them. */
export function ZonedText({ text, near }: { text: string; near: string }) {
  return splitMoments(text, near).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence have no other name and do not move
    typeof part === "string" ? part : <Time key={index} at={part.at} as="clockWithMs" />,
  );
}
