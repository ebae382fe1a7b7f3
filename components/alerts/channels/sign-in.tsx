"use client";
import type { ChannelRow } from "@/contracts/channels";
import { Select } from "../../ui/select";
import { TextField } from "../../ui/text-field";
import type { AuthChoice, ChannelProblems, TypedChannel } from "./prepare-channel";

interface Props {
  typed: TypedChannel;
  stored: ChannelRow | null;
  told: ChannelProblems;
  onChange: (change: Partial<TypedChannel>) => void;
}

const AUTHS: { value: AuthChoice; label: string }[] = [
  { value: "none", label: "no sign-in" },
  { value: "bearer", label: "Bearer token" },
  { value: "basic", label: "user, password" },
];
const HEADERS: { value: TypedChannel["header"]; label: string }[] = [
  { value: "none", label: "no other header" },
  { value: "set", label: "one more header" },
];

/** How a channel signs in, and one header more. */
export function SignIn({ typed, stored, told, onChange }: Props) {
  const auths =
    stored && stored.auth !== "none"
      ? [{ value: "keep", label: `as stored (${stored.auth})` } as const, ...AUTHS]
      : AUTHS;
  const headers = stored?.headerName
    ? [{ value: "keep", label: `as stored (${stored.headerName})` } as const, ...HEADERS]
    : HEADERS;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 text-[13px]">
      <legend className="mb-1 font-medium">Signing in there</legend>
      <Select
        label="Sign-in"
        className="w-fit"
        value={typed.auth}
        options={auths}
        onChange={(auth) => onChange({ auth })}
      />
      {told.auth && <Problem text={`The sign-in ${told.auth}.`} />}
      {typed.auth === "bearer" && (
        <TextField
          label="Token"
          type="password"
          autoComplete="new-password"
          value={typed.token}
          problem={told.token}
          onChange={(token) => onChange({ token })}
        />
      )}
      {typed.auth === "basic" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField label="User" value={typed.user} problem={told.user} onChange={(user) => onChange({ user })} />
          <TextField
            label="Password"
            type="password"
            autoComplete="new-password"
            value={typed.password}
            problem={told.password}
            onChange={(password) => onChange({ password })}
          />
        </div>
      )}
      <Select
        label="Another header"
        className="w-fit"
        value={typed.header}
        options={headers}
        onChange={(header) => onChange({ header })}
      />
      {told.header && <Problem text={`The header ${told.header}.`} />}
      {typed.header === "set" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Header"
            placeholder="X-Team"
            value={typed.headerName}
            problem={told.headerName}
            onChange={(headerName) => onChange({ headerName })}
          />
          <TextField
            label="Its value"
            type="password"
            autoComplete="new-password"
            value={typed.headerValue}
            problem={told.headerValue}
            onChange={(headerValue) => onChange({ headerValue })}
          />
        </div>
      )}
    </fieldset>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <p role="alert" className="text-bad text-xs">
      {text}
    </p>
  );
}
