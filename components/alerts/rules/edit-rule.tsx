"use client";
import { useState } from "react";
import { alertRuleMeaning, alertRuleTitle } from "@/client/alert-words";
import { exactDuration } from "@/client/duration";
import { useSaveRule } from "@/client/use-alert-rules";
import type { RuleRow } from "@/contracts/http";
import { FormDialog } from "../../ui/form-dialog";
import { TextField } from "../../ui/text-field";
import { draftOfRule, type RuleField, readRuleDraft, thresholdText } from "./prepare-rules";

interface Props {
  environment: string;
  row: RuleRow;
  onClose: () => void;
}

/** What an admin sets of a rule; a field that is left empty is the default. */
export function EditRule({ environment, row, onClose }: Props) {
  const { rule, unit, defaults } = row;
  const save = useSaveRule(environment, rule);
  const [draft, setDraft] = useState(() => draftOfRule(row));
  const { change, problems } = readRuleDraft(row, draft);
  const field = (name: RuleField, label: string, usual: string) => (
    <TextField
      label={label}
      value={draft[name]}
      placeholder={usual}
      hint={`default: ${usual}`}
      problem={problems[name] ?? null}
      onChange={(text) => setDraft({ ...draft, [name]: text })}
    />
  );
  return (
    <FormDialog
      title={`${alertRuleTitle(rule)} in ${environment}`}
      lead={alertRuleMeaning(rule)}
      onClose={onClose}
      action="Save rule"
      refused={save.error?.message ?? null}
      disabled={save.isPending || Object.keys(problems).length > 0}
      onSubmit={() => save.mutate(change, { onSuccess: onClose })}
    >
      <label className="flex items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          className="accent-[var(--accent)]"
          checked={draft.enabled}
          onChange={(event) => setDraft({ ...draft, enabled: event.target.checked })}
        />
        Enabled
      </label>
      {unit !== null && field("threshold", "Fires at", thresholdText(defaults.threshold, unit))}
      {field("forMs", "When that held for", exactDuration(defaults.forMs))}
      {field("keepFiringMs", "Goes on firing for", exactDuration(defaults.keepFiringMs))}
      {defaults.minSample !== null && field("minSample", "Counted at least", String(defaults.minSample))}
    </FormDialog>
  );
}
