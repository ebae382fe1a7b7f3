"use client";
import { useState } from "react";
import { fieldTime, parseFieldTime } from "@/client/format";
import { useZone } from "@/client/url-state";
import { useChangeSuite } from "@/client/use-test-suites";
import type { TestSuite } from "@/contracts/test-runs";
import { FormDialog } from "../../ui/form-dialog";
import { RadioList } from "../../ui/radio-list";
import { TextField } from "../../ui/text-field";

type Phase = "pass" | "waiting" | "fixed";
const PHASES: readonly { value: Phase; says: string }[] = [
  { value: "pass", says: "It passes, always." },
  { value: "waiting", says: "It fails until its fix lands, and that has not happened." },
  { value: "fixed", says: "It failed until its fix landed, and passes since then." },
];

/** What is expected of a suite. Earlier runs are held against it too. */
export function SuiteForm({ suite, onClose }: { suite: TestSuite; onClose: () => void }) {
  const [zone] = useZone();
  const { environment, name, beforeFix, fixedAt } = suite;
  const [phase, setPhase] = useState<Phase>(beforeFix === "pass" ? "pass" : fixedAt === null ? "waiting" : "fixed");
  const [landed, setLanded] = useState(() => fieldTime(fixedAt === null ? Date.now() : Date.parse(fixedAt), zone));
  const change = useChangeSuite();
  const landedMs = parseFieldTime(landed, zone);
  const submit = () => {
    if (phase === "fixed" && landedMs === null) return;
    const at = phase === "fixed" && landedMs !== null ? new Date(landedMs).toISOString() : null;
    change.mutate(
      { environment, name, beforeFix: phase === "pass" ? "pass" : "fail", fixedAt: at },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={`What ${name} does`}
      lead="A suite that passes before its fix landed tests something else than was thought."
      onClose={onClose}
      action="Save"
      refused={change.error?.message ?? null}
      disabled={change.isPending}
      onSubmit={submit}
    >
      <RadioList legend="What is expected" legendHidden value={phase} choices={PHASES} onChange={setPhase} />
      {phase === "fixed" && (
        <TextField
          label="The fix landed"
          type="datetime-local"
          value={landed}
          problem={landedMs === null ? "is no time" : null}
          onChange={setLanded}
        />
      )}
    </FormDialog>
  );
}
