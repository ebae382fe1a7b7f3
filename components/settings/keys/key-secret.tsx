"use client";
import { useHydrated } from "@/client/use-hydrated";
import { ALL_ENVIRONMENTS, type CreatedKey } from "@/contracts/access";
import { CodeBlock } from "../../connect/code-block";
import { Button } from "../../ui/button";
import { Modal } from "../../ui/modal";
import { keyUse } from "./key-use";

/** The only time that a key's secret is shown. */
export function KeySecret({ made, onClose }: { made: CreatedKey; onClose: () => void }) {
  const origin = useHydrated() ? window.location.origin : "";
  const environment = made.environments[0] === ALL_ENVIRONMENTS ? null : (made.environments[0] ?? null);
  return (
    <Modal
      open
      sticky
      title={`The key ${made.name}`}
      lead="Copy it now: only a fingerprint of it is kept, and it is never shown again."
      onClose={onClose}
      footer={
        <Button look="strong" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <CodeBlock label="Key" code={made.secret} />
        <CodeBlock label="Try it" code={keyUse(origin, made.secret, made.role, environment)} />
      </div>
    </Modal>
  );
}
