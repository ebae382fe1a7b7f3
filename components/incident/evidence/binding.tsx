"use client";
import type { EvidenceBinding, OccurrenceRow } from "@/contracts/http";
import { IdText } from "../../ui/id-text";
import { Time } from "../../ui/time";
import { bindingStory, bindingWords } from "./prepare-evidence";

interface Props {
  occurrence: OccurrenceRow;
  binding: EvidenceBinding | null;
}

/** Whose connection the message was written to, and by which event that is known. */
export function Binding({ occurrence, binding }: Props) {
  if (!binding)
    return (
      <p className="text-[13px] text-muted">
        {occurrence.connectionId === null
          ? "What proves this names no connection."
          : `Nothing was reported about connection ${occurrence.connectionId}: it is not known whose it was.`}
      </p>
    );
  return (
    <div className="flex flex-col gap-2 text-[13px]">
      <Story occurrence={occurrence} binding={binding} />
      <ol aria-label="The connection" className="flex flex-col gap-1">
        {binding.events.map((event) => (
          <li key={event.id} className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-faint text-xs">
              <Time at={event.time} as="clockWithMs" />
            </span>
            <span>{event.stage}</span>
            {event.userId !== null && <IdText className="max-w-64 font-medium">{event.userId}</IdText>}
            <span className="text-faint text-xs">event {event.id}</span>
          </li>
        ))}
      </ol>
      {binding.events.length === 0 && (
        <p className="text-faint text-xs">The events that opened it are not kept any more.</p>
      )}
    </div>
  );
}

function Story({ occurrence, binding }: { occurrence: OccurrenceRow; binding: EvidenceBinding }) {
  const { receiver, since, before } = bindingStory(binding, occurrence);
  const { connectionId, instance, closedAt, closeCode } = binding;
  const { happened, verdict } = bindingWords(occurrence);
  return (
    <p className="max-w-[80ch] text-pretty break-words">
      {happened} connection <strong className="font-medium">{connectionId}</strong>
      {instance && ` of ${instance}`} at <Time at={occurrence.occurredAt} as="clockWithMs" />
      {receiver === null ? (
        ", on which nobody had authenticated"
      ) : (
        <>
          , which was <strong className="font-medium text-bad">{receiver}</strong>&apos;s
          {since && (
            <>
              {" "}
              since <Time at={since} as="clockWithMs" />
            </>
          )}
        </>
      )}
      {before.length > 0 && ` and ${before.join(", ")}'s before`}
      {closedAt && (
        <>
          . It closed <Time at={closedAt} as="clockWithMs" />
          {closeCode !== null && ` with ${closeCode}`}
        </>
      )}
      .{verdict !== "" && ` ${verdict}`}
    </p>
  );
}
