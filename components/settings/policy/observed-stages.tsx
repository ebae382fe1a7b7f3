"use client";
import { STAGES, type Stage } from "@/domain/telemetry/event";
import { cn } from "../../ui/cn";
import { NameList } from "../name-list";

interface Props {
  value: Record<string, Stage[]>;
  disabled: boolean;
  onChange: (value: Record<string, Stage[]>) => void;
}

/** Services that report fewer stages than all, and which. */
export function ObservedStages({ value, disabled, onChange }: Props) {
  const services = Object.keys(value).sort();
  const withServices = (names: string[]) =>
    onChange(Object.fromEntries(names.map((name) => [name, value[name] ?? [...STAGES]])));
  return (
    <div className="flex flex-col gap-3">
      {services.length === 0 && <p className="text-[13px] text-muted">Every service reports every stage.</p>}
      <NameList
        label="Services that report fewer stages"
        names={services}
        placeholder="service"
        disabled={disabled}
        refuse={() => null}
        onChange={withServices}
      />
      {services.map((service) => (
        <fieldset key={service} disabled={disabled} className="min-w-0">
          <legend className="mb-1 text-muted text-xs">
            Stages that <b className="font-medium font-mono">{service}</b> reports
          </legend>
          <div className="flex flex-wrap gap-1">
            {STAGES.map((stage) => {
              const on = value[service]?.includes(stage) ?? false;
              return (
                <label
                  key={stage}
                  className={cn(
                    "inline-flex h-6 items-center gap-1.5 rounded border px-1.5 font-mono text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent",
                    on ? "bg-accent-soft text-accent" : "text-faint",
                  )}
                >
                  <input
                    type="checkbox"
                    className="size-3 accent-[var(--accent)]"
                    checked={on}
                    onChange={() => onChange({ ...value, [service]: toggled(value[service] ?? [], stage) })}
                  />
                  {stage}
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function toggled(stages: readonly Stage[], stage: Stage): Stage[] {
  return stages.includes(stage) ? stages.filter((other) => other !== stage) : [...stages, stage];
}
