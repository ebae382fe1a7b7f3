import type { PolicyFieldChange } from "@/contracts/settings";
import { FIELD_LABELS } from "./policy-words";
import { readable } from "./readable-value";

/** Values before and after, as a list of sentences that a screen reader reads in order. */
export function PolicyChanges({ changes }: { changes: readonly PolicyFieldChange[] }) {
  if (changes.length === 0) return <p className="text-[13px] text-muted">No value differs.</p>;
  return (
    <dl className="grid gap-x-4 gap-y-1.5 text-[13px] sm:grid-cols-[max-content_minmax(0,1fr)]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-muted">{FIELD_LABELS[field]}</dt>
          <dd className="min-w-0 break-words">
            <del className="text-faint">{readable(before)}</del>
            <span aria-hidden className="px-1.5 text-faint">
              →
            </span>
            <ins className="font-medium no-underline">{readable(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
