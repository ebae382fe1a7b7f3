"use client";
import { useEnvironment } from "@/client/url-state";
import { useSession } from "@/client/use-session";
import { Select } from "../ui/select";

export function EnvironmentSwitch() {
  const session = useSession();
  const [environment, setEnvironment] = useEnvironment();
  const known = session.data?.environments ?? [];
  if (environment === null) return null;
  const all = known.includes(environment) ? known : [environment, ...known];
  return (
    <Select
      label="Environment"
      value={environment}
      options={all.map((name) => ({ value: name, label: name }))}
      onChange={setEnvironment}
      onReach={session.renew}
    />
  );
}
