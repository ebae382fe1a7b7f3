import { NO_DATA } from "@/client/format";

const MAX_NAMES = 4;

export function UserNames({ users }: { users: string[] }) {
  if (users.length === 0) return <span className="text-faint">{NO_DATA}</span>;
  const more = users.length - MAX_NAMES;
  return (
    <span title={users.join(", ")}>
      {users.slice(0, MAX_NAMES).join(", ")}
      {more > 0 && <span className="text-faint"> and {more} more</span>}
    </span>
  );
}
