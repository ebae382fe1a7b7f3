"use client";
import { useState } from "react";
import { accessName, type PersonRole } from "@/contracts/access";
import { CodeBlock } from "../../connect/code-block";
import { Card } from "../../ui/card";
import { Select } from "../../ui/select";
import { TextField } from "../../ui/text-field";
import { inviteCommand } from "./invite-command";

const ROLES = [
  { value: "read", label: "read" },
  { value: "admin", label: "read and change settings" },
];

/** The command that lets a person in. A link that signs somebody in is never shown in a page or a log. */
export function Invite() {
  const [name, setName] = useState("");
  const [role, setRole] = useState<PersonRole>("read");
  const wrong = name.trim() !== "" && !accessName.safeParse(name).success;
  return (
    <Card title="Invite a person">
      <div className="grid gap-4 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-3">
          <TextField
            label="Name"
            hint="What this person does carries the name."
            placeholder="Kim"
            value={name}
            problem={wrong ? "one line, up to 100 characters" : null}
            onChange={setName}
          />
          <Select
            label="May"
            labelled
            value={role}
            options={ROLES}
            onChange={(value) => setRole(value === "admin" ? "admin" : "read")}
            className="self-start"
          />
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <CodeBlock label="On the server" code={inviteCommand(name.trim(), role)} />
          <p className="text-[13px] text-muted">
            It prints a link that signs this person in: once, within ten minutes. Links are made on the server only, so
            that nobody who merely sits at a browser can let others in.
          </p>
        </div>
      </div>
    </Card>
  );
}
