import { figure, NO_DATA, namesAndMore } from "@/client/format";

const MAX_NAMES = 4;

interface Props {
  users: string[];
  /** Users beyond those. */
  omitted: number;
  /** What they are in this leak; null where the column says so. */
  role: string | null;
}

export function UserNames({ users, omitted, role }: Props) {
  if (users.length === 0) return <span className="text-faint">{NO_DATA}</span>;
  const more = Math.max(0, users.length - MAX_NAMES) + omitted;
  return (
    <span title={namesAndMore(users, omitted)}>
      {users.slice(0, MAX_NAMES).join(", ")}
      {more > 0 && <span className="text-faint"> and {figure(more)} more</span>}
      {role !== null && <span className="block text-faint text-xs">{role.toLowerCase()}</span>}
    </span>
  );
}
