import type { CreatedCanary } from "@/contracts/canaries";
import { CodeBlock } from "../../connect/code-block";
import { SecretOnce } from "../secret-once";

/** The only time that a canary's token is shown. */
export function CanaryToken({ issued, onClose }: { issued: CreatedCanary; onClose: () => void }) {
  return (
    <SecretOnce title={`A canary for ${issued.userId}`} onClose={onClose}>
      <CodeBlock label="Token" code={issued.token} />
      <p className="text-muted">
        Plant it where only {issued.userId} should read it: a document, a note, a memory of the agent. When a payload
        that holds it is sent to anybody else in “{issued.environment}”, that is a critical incident within seconds.
      </p>
    </SecretOnce>
  );
}
