"use client";
import { useState } from "react";
import { counted } from "@/client/format";
import { useMayChange } from "@/client/settings/use-may-change";
import type { PolicyField, PolicyView } from "@/contracts/settings";
import { builtInTypes } from "@/domain/telemetry/type-aliases";
import { Card } from "../../ui/card";
import { Time } from "../../ui/time";
import { NameList } from "../name-list";
import { SaveBar } from "../save-bar";
import { DurationRow } from "./duration-row";
import { FieldRow } from "./field-row";
import { ObservedStages } from "./observed-stages";
import { DURATIONS, FIELD_LABELS, PROFILES } from "./policy-words";
import { draftOf, preparePolicy, withBase } from "./prepare-policy";
import { ReviewPolicy } from "./review-policy";

interface Props {
  view: PolicyView;
  onReload: () => void;
}

/** Every value with where it comes from; what is changed here is saved as a version of its own. */
export function PolicyForm({ view, onReload }: Props) {
  const [draft, setDraft] = useState(() => draftOf(view));
  const [reviewing, setReviewing] = useState(false);
  const fixed = useMayChange() !== true;
  const { own, changed, problems } = preparePolicy(view, draft);
  const wrong = Object.keys(problems).length;
  const row = (field: PolicyField) => ({
    view,
    field,
    isOwn: own[field] !== undefined || problems[field] !== undefined,
    changed: changed.includes(field),
    onGiveUp: fixed ? null : () => setDraft(withBase(draft, view, field)),
  });
  return (
    <>
      <Card title={`Policy of ${view.environment}`} hint={<InForce view={view} />} flush>
        <div className="divide-y">
          {DURATIONS.map(({ field, label, says }) => (
            <DurationRow
              key={field}
              {...row(field)}
              field={field}
              label={label}
              says={says}
              text={draft.durations[field]}
              problem={problems[field]}
              disabled={fixed}
              onChange={(text) =>
                setDraft({
                  ...draft,
                  given: draft.given.filter((other) => other !== field),
                  durations: { ...draft.durations, [field]: text },
                })
              }
            />
          ))}
          <FieldRow {...row("profile")} label={FIELD_LABELS.profile} says="What a complete run must hold.">
            <fieldset disabled={fixed} className="flex flex-col gap-1.5">
              <legend className="sr-only">{FIELD_LABELS.profile}</legend>
              {PROFILES.map(({ value, label, says }) => (
                <label key={value} className="flex items-start gap-2 text-[13px]">
                  <input
                    type="radio"
                    name="profile"
                    className="mt-1 accent-[var(--accent)]"
                    checked={draft.profile === value}
                    onChange={() => setDraft({ ...draft, profile: value })}
                  />
                  <span>
                    <b className="font-medium">{label}</b> <span className="text-muted">{says}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          </FieldRow>
          <FieldRow
            {...row("requestTypes")}
            label={FIELD_LABELS.requestTypes}
            says="Messages of these types open journeys; pings and the like do not."
            problem={problems.requestTypes}
          >
            <NameList
              label={FIELD_LABELS.requestTypes}
              names={draft.requestTypes}
              placeholder="message type"
              disabled={fixed}
              refuse={refuseRequestType}
              onChange={(requestTypes) => setDraft({ ...draft, requestTypes })}
            />
          </FieldRow>
          <FieldRow
            {...row("observedStages")}
            label={FIELD_LABELS.observedStages}
            says="A service reports every stage unless it is named here. What a service does not report is never missed."
            problem={problems.observedStages}
          >
            <ObservedStages
              value={draft.observedStages}
              disabled={fixed}
              onChange={(observedStages) => setDraft({ ...draft, observedStages })}
            />
          </FieldRow>
        </div>
      </Card>
      <SaveBar
        changed={changed.length + wrong === 0 ? null : `${counted(changed.length, "value")} changed`}
        problem={wrong === 0 ? null : `${counted(wrong, "value")} cannot be used as written`}
        action="Review …"
        onSave={() => setReviewing(true)}
        onDiscard={() => setDraft(draftOf(view))}
      />
      {reviewing && <ReviewPolicy view={view} own={own} onClose={() => setReviewing(false)} onReload={onReload} />}
    </>
  );
}

function InForce({ view }: { view: PolicyView }) {
  const [newest] = view.history;
  if (!newest) return null;
  return (
    <>
      version {view.version}, in force{" "}
      {newest.from === null ? (
        "since ever"
      ) : (
        <>
          since <Time at={newest.from} />
        </>
      )}
      {newest.scope === "all" ? ", that of all environments" : `, saved by ${newest.savedBy}`}
    </>
  );
}

function refuseRequestType(name: string): string | null {
  const [canonical] = builtInTypes(name);
  return canonical === undefined ? null : `${name} is another name of ${canonical}: name that instead`;
}
