"use client";
import { useEnvironment } from "@/client/url-state";
import { BackLink } from "../ui/back-link";
import { UserTimeline } from "./user-timeline";

/** What happened to one user, across tabs, reconnects and threads. */
export function UserPage({ id }: { id: string }) {
  const [environment] = useEnvironment();
  return (
    <>
      <BackLink path="/users">Users</BackLink>
      {environment !== null && <UserTimeline key={environment} environment={environment} id={id} />}
    </>
  );
}
