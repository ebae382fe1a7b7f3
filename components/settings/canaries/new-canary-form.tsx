"use client";
import { type FormEvent, useId, useState } from "react";
import { useIssueCanary } from "@/client/settings/use-canaries";
import { useEnvironment } from "@/client/url-state";
import { type CreatedCanary, newCanary } from "@/contracts/canaries";
import { Button } from "../../ui/button";
import { Modal } from "../../ui/modal";
import { TextField } from "../../ui/text-field";

interface Props {
  onClose: () => void;
  onIssued: (canary: CreatedCanary) => void;
}

export function NewCanaryForm({ onClose, onIssued }: Props) {
  const id = useId();
  const [shown] = useEnvironment();
  const [userId, setUserId] = useState("");
  const [environment, setEnvironment] = useState(shown ?? "");
  const [tried, setTried] = useState(false);
  const issue = useIssueCanary();
  const parsed = newCanary.safeParse({ userId, environment });
  const wrong = (field: "userId" | "environment") =>
    tried ? parsed.error?.issues.find(({ path }) => path[0] === field)?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (parsed.success) issue.mutate(parsed.data, { onSuccess: onIssued });
  };
  return (
    <Modal
      open
      title="Issue a canary token"
      lead="Its text is shown once, right after this."
      onClose={onClose}
      footer={
        <>
          {issue.error && (
            <p role="alert" className="mr-auto text-[13px] text-bad">
              {issue.error.message}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="strong" type="submit" form={id} disabled={issue.isPending}>
            Issue the token
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="User"
          hint="Whose data it is planted in: the id as connections authenticate it."
          value={userId}
          problem={wrong("userId") && "name the user, in up to 256 bytes"}
          onChange={setUserId}
          autoFocus
        />
        <TextField
          label="Environment"
          value={environment}
          problem={wrong("environment") && "name the environment, in up to 256 bytes"}
          onChange={setEnvironment}
        />
      </form>
    </Modal>
  );
}
