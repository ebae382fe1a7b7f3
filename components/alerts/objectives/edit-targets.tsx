"use client";
import { useState } from "react";
import { objectiveTitle, parseTarget, targetText } from "@/client/slo-words";
import { useSaveTargets } from "@/client/use-slo";
import type { SloView } from "@/contracts/http";
import { type Objective, TARGET_BOUNDS } from "@/domain/slo/objectives";
import { FormDialog } from "../../ui/form-dialog";
import { TextField } from "../../ui/text-field";

/** Targets of one environment; one that is left empty is the default. */
export function EditTargets({ view, onClose }: { view: SloView; onClose: () => void }) {
  const save = useSaveTargets(view.environment);
  const [texts, setTexts] = useState<Partial<Record<Objective, string>>>(() =>
    Object.fromEntries(
      view.objectives.map(({ objective, target, defaultTarget }) => [
        objective,
        target === defaultTarget ? "" : targetText(target),
      ]),
    ),
  );
  const targets: Partial<Record<Objective, number>> = {};
  const problems: Partial<Record<Objective, string>> = {};
  for (const { objective } of view.objectives) {
    const text = texts[objective] ?? "";
    const target = parseTarget(text);
    if (text.trim() === "") continue;
    if (target === null) problems[objective] = "is no percentage";
    else if (target < TARGET_BOUNDS.least || target > TARGET_BOUNDS.most) {
      problems[objective] = `must lie between ${targetText(TARGET_BOUNDS.least)} and ${targetText(TARGET_BOUNDS.most)}`;
    } else targets[objective] = target;
  }
  return (
    <FormDialog
      wide
      title={`Targets of ${view.environment}`}
      lead="They count from the next look at the rules on. One that is left empty is the default."
      onClose={onClose}
      action="Save targets"
      refused={save.error?.message ?? null}
      disabled={save.isPending || Object.keys(problems).length > 0}
      onSubmit={() => save.mutate({ basedOn: view.revision, targets }, { onSuccess: onClose })}
      className="grid gap-3 sm:grid-cols-2"
    >
      {view.objectives.map(({ objective, defaultTarget }) => (
        <TextField
          key={objective}
          label={objectiveTitle(objective)}
          value={texts[objective] ?? ""}
          placeholder={targetText(defaultTarget)}
          problem={problems[objective] ?? null}
          onChange={(text) => setTexts({ ...texts, [objective]: text })}
        />
      ))}
    </FormDialog>
  );
}
