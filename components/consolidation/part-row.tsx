import type { Row } from "./prepare-parts";

/** One find; it opens to its reasons, each with file and line. */
export function PartRow({ row: { title, tag, place, reasons } }: { row: Row }) {
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 px-4 py-2 text-[13px] hover:bg-raised">
          <span className="min-w-0 break-words font-medium">{title}</span>
          {tag !== null && <span className="rounded bg-raised px-1.5 text-muted text-xs">{tag}</span>}
          {(place.line !== null || place.file !== title) && (
            <code className="min-w-0 break-words font-mono text-faint text-xs">
              {place.file}
              {place.line !== null && `:${place.line}`}
            </code>
          )}
        </summary>
        <ul className="px-4 pt-1 pb-3 text-[13px]">
          {reasons.map(({ file, line, text }) => (
            <li key={`${file}:${line} ${text}`} className="flex flex-wrap gap-x-3 py-0.5">
              <span className="min-w-0 break-words">{text}</span>
              <code className="min-w-0 break-words font-mono text-faint text-xs">
                {file}:{line}
              </code>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
