import { figure } from "@/client/format";
import type { CodeCounts } from "@/contracts/http";

/** Errors by code, most frequent first, and how many codes are left out. */
export function ErrorCodes({ codes: { items, omitted } }: { codes: CodeCounts }) {
  if (items.length === 0) return <span className="text-faint">none</span>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
      {items.map(({ code, count }) => (
        <li key={code} className="whitespace-nowrap">
          <span className="inline-block max-w-52 truncate align-bottom font-mono text-[12.5px]" title={code}>
            {code}
          </span>{" "}
          <span className="font-medium text-bad">{figure(count)}</span>
        </li>
      ))}
      {omitted > 0 && <li className="whitespace-nowrap text-faint">and {figure(omitted)} more codes</li>}
    </ul>
  );
}
