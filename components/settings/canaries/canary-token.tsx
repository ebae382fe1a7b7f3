"use client";
import type { CreatedCanary } from "@/contracts/canaries";
import { CodeBlock } from "../../connect/code-block";
import { Button } from "../../ui/button";
import { Modal } from "../../ui/modal";

/** The only time that a canary's token is shown. */
export function CanaryToken({ issued, onClose }: { issued: CreatedCanary; onClose: () => void }) {
  return (
    <Modal
      open
      sticky
      title={`A canary for ${issued.userId}`}
      lead="Copy it now: only a fingerprint of it is kept, and it is never shown again."
      onClose={onClose}
      footer={
        <Button look="strong" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-3 text-[13px]">
        <CodeBlock label="Token" code={issued.token} />
        <p className="text-muted">
          Plant it where only {issued.userId} should read it: a document, a note, a memory of the agent. When a payload
          that holds it is sent to anybody else in “{issued.environment}”, that is a critical incident within seconds.
        </p>
      </div>
    </Modal>
  );
}
