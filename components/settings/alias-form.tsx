"use client";
import { Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { CRITICAL_TYPES } from "@/domain/telemetry/event";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";
import { refuseAlias } from "./prepare-aliases";

const SUGGESTED = [...CRITICAL_TYPES, ...DEFAULT_POLICY.requestTypes];

interface Props {
  table: Record<string, string>;
  onAdd: (alias: string, type: string) => void;
}

export function AliasForm({ table, onAdd }: Props) {
  const list = useId();
  const [alias, setAlias] = useState("");
  const [type, setType] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const refused = refuseAlias(table, alias.trim(), type.trim());
    setProblem(refused);
    if (refused !== null) return;
    onAdd(alias.trim(), type.trim());
    setAlias("");
    setType("");
  };
  return (
    <form onSubmit={add} className="flex flex-wrap items-start gap-2 border-b px-4 py-3">
      <TextField label="Name sent" value={alias} onChange={setAlias} placeholder="reasoning_step" className="w-48" />
      <TextField
        label="Counts as"
        value={type}
        onChange={setType}
        placeholder="agent_thinking"
        list={list}
        className="w-48"
      />
      <datalist id={list}>
        {SUGGESTED.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button type="submit" className="mt-[1.55rem]" disabled={alias.trim() === "" || type.trim() === ""}>
        <Plus aria-hidden className="size-3.5" />
        Add
      </Button>
      {problem && (
        <p role="alert" className="w-full text-bad text-xs">
          {problem}
        </p>
      )}
    </form>
  );
}
