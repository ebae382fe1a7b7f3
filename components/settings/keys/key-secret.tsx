"use client";
import { useHydrated } from "@/client/use-hydrated";
import { ALL_ENVIRONMENTS, type CreatedKey } from "@/contracts/access";
import { CodeBlock } from "../../connect/code-block";
import { SecretOnce } from "../secret-once";
import { keyUse } from "./key-use";

/** The only time that a key's secret is shown. */
export function KeySecret({ made, onClose }: { made: CreatedKey; onClose: () => void }) {
  const origin = useHydrated() ? window.location.origin : "";
  const environment = made.environments[0] === ALL_ENVIRONMENTS ? null : (made.environments[0] ?? null);
  return (
    <SecretOnce title={`The key ${made.name}`} onClose={onClose}>
      <CodeBlock label="Key" code={made.secret} />
      <CodeBlock label="Try it" code={keyUse(origin, made.secret, made.role, environment)} />
    </SecretOnce>
  );
}
