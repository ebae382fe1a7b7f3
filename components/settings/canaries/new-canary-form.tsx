"use client";
import { useState } from "react";
import { useIssueCanary } from "@/client/settings/use-canaries";
import { useEnvironment } from "@/client/url-state";
import { type CreatedCanary, newCanary } from "@/contracts/canaries";
import { FormDialog } from "../../ui/form-dialog";
import { TextField } from "../../ui/text-field";

interface Props {
  onClose: () => void;
  onIssued: (canary: CreatedCanary) => void;
}

export function NewCanaryForm({ onClose, onIssued }: Props) {
  const [shown] = useEnvironment();
  const [userId, setUserId] = useState("");
  const [environment, setEnvironment] = useState(shown ?? "");
  const [tried, setTried] = useState(false);
  const issue = useIssueCanary();
  const parsed = newCanary.safeParse({ userId, environment });
  const wrong = (field: "userId" | "environment") =>
    tried ? parsed.error?.issues.find(({ path }) => path[0] === field)?.message : undefined;
  const submit = () => {
    setTried(true);
    if (parsed.success) issue.mutate(parsed.data, { onSuccess: onIssued });
  };
  return (
    <FormDialog
      title="Issue a canary token"
      lead="Its text is shown once, right after this."
      onClose={onClose}
      action="Issue the token"
      refused={issue.error?.message ?? null}
      disabled={issue.isPending}
      onSubmit={submit}
    >
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
    </FormDialog>
  );
}
