import { figure } from "@/client/format";
import type { NamedCounts } from "@/contracts/http";

/** Names with how many messages each had, most first; what reports none is said too. */
export function NamedList({ counts: { items, omitted } }: { counts: NamedCounts }) {
  if (items.length === 0) return <span className="text-faint">–</span>;
  return (
    <ul>
      {items.map(({ name, messages }) => (
        <li
          key={name ?? ""}
          className="whitespace-nowrap"
          title={`${name ?? "not reported"}: ${figure(messages)} messages`}
        >
          {name === null ? (
            <span className="text-faint">not reported</span>
          ) : (
            <span className="inline-block max-w-36 truncate align-bottom font-mono text-[12.5px]">{name}</span>
          )}
          {items.length > 1 && <span className="ml-1.5 text-faint text-xs">{figure(messages)}</span>}
        </li>
      ))}
      {omitted > 0 && <li className="text-faint text-xs">and {figure(omitted)} more</li>}
    </ul>
  );
}
