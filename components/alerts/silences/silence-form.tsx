"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useZone } from "@/client/url-state";
import { useCreateSilence } from "@/client/use-silences";
import { shortZoneName } from "@/client/zone";
import type { Matcher } from "@/domain/alerts/silence";
import { Button } from "../../ui/button";
import { FormDialog } from "../../ui/form-dialog";
import { TextField } from "../../ui/text-field";
import { endAt, HOUR_MS, readSilence, typedEnd } from "./prepare-silence";

const PRESETS = [
  { label: "1 hour", ms: HOUR_MS },
  { label: "8 hours", ms: 8 * HOUR_MS },
  { label: "1 day", ms: 24 * HOUR_MS },
  { label: "7 days", ms: 7 * 24 * HOUR_MS },
];
const NO_MATCHER: Matcher = { name: "", op: "=", value: "" };

interface Props {
  environment: string;
  /** What it matches to begin with. */
  matchers: readonly Matcher[];
  onClose: () => void;
}

/** Which alerts are told to nobody, until when, and why. */
export function SilenceForm({ environment, matchers: given, onClose }: Props) {
  const [zone] = useZone();
  const create = useCreateSilence(environment);
  const [rows, setRows] = useState(() => numbered(given.length > 0 ? given : [NO_MATCHER]));
  const [ends, setEnds] = useState(() => endAt(Date.now() + HOUR_MS, zone));
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const change = (key: number, part: Partial<Matcher>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, matcher: { ...row.matcher, ...part } } : row)));
  function submit() {
    const matchers = rows.map(({ matcher }) => matcher);
    const read = readSilence({ matchers, comment, endsAtMs: ends.atMs }, Date.now());
    setProblem(read.ok ? null : read.problem);
    if (read.ok) create.mutate(read.silence, { onSuccess: onClose });
  }
  const wrong = problem ?? create.error?.message ?? null;
  return (
    <FormDialog
      wide
      title="Silence alerts"
      lead="Alerts whose labels all match are told to nobody until then. They go on firing, and show as silenced."
      onClose={onClose}
      action="Silence"
      refused={wrong}
      disabled={create.isPending}
      onSubmit={submit}
      className="text-[13px]"
    >
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">Labels</legend>
        {rows.map(({ key, matcher }, index) => (
          <div key={key} className="flex items-center gap-2">
            <TextField
              label={`Label ${index + 1}`}
              labelHidden
              className="w-32 shrink-0"
              value={matcher.name}
              placeholder="label"
              onChange={(name) => change(key, { name })}
            />
            <Button
              aria-label={matcher.op === "=" ? `Label ${index + 1} is` : `Label ${index + 1} is not`}
              onClick={() => change(key, { op: matcher.op === "=" ? "!=" : "=" })}
            >
              {matcher.op}
            </Button>
            <TextField
              label={`Value ${index + 1}`}
              labelHidden
              className="flex-1"
              value={matcher.value}
              placeholder="value"
              onChange={(value) => change(key, { value })}
            />
            <Button
              look="quiet"
              size="icon"
              aria-label={`Remove label ${index + 1}`}
              disabled={rows.length === 1}
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            >
              <X aria-hidden className="size-4" />
            </Button>
          </div>
        ))}
        <Button
          look="quiet"
          className="justify-self-start"
          onClick={() => setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, matcher: NO_MATCHER }])}
        >
          <Plus aria-hidden className="size-3.5" />
          Add a label
        </Button>
      </fieldset>
      <div className="grid gap-2">
        <label className="flex flex-col gap-1">
          <span className="font-medium">Ends, {shortZoneName(zone)}</span>
          <input
            type="datetime-local"
            step={1}
            required
            value={ends.text}
            onChange={(event) => setEnds(typedEnd(event.target.value, zone))}
            className="h-8 w-60 max-w-full rounded-md border bg-surface px-2"
          />
        </label>
        <div className="flex flex-wrap gap-2">
          {PRESETS.map(({ label, ms }) => (
            <Button key={label} size="small" onClick={() => setEnds(endAt(Date.now() + ms, zone))}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      <TextField label="Why" value={comment} maxLength={1_000} onChange={setComment} />
    </FormDialog>
  );
}

function numbered(matchers: readonly Matcher[]): { key: number; matcher: Matcher }[] {
  return matchers.map((matcher, key) => ({ key, matcher }));
}
