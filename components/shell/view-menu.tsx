"use client";
import { Check, SunMoon } from "lucide-react";
import { useTheme } from "next-themes";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { useSession } from "@/client/use-session";
import { Button } from "../ui/button";

const THEMES = [
  { id: "system", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

const ITEM =
  "relative flex h-8 cursor-default select-none items-center rounded pr-2 pl-7 text-[13px] outline-none data-[highlighted]:bg-raised";

/** Theme, kept in this browser, and the way out. */
export function ViewMenu() {
  const { theme, setTheme } = useTheme();
  const person = useSession().data?.person;
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="icon" aria-label="Theme and account">
          <SunMoon aria-hidden className="size-4" strokeWidth={1.75} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-50 min-w-44 rounded-lg border bg-surface p-1 shadow-lg"
      >
        <Choice title="Theme" value={theme ?? "system"} options={THEMES} onChange={setTheme} />
        {person && (
          <>
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            <DropdownMenu.Label className="px-2 py-1 text-faint text-xs">Signed in as {person}</DropdownMenu.Label>
            <DropdownMenu.Item className={ITEM} onSelect={() => signOut.current?.submit()}>
              Sign out
            </DropdownMenu.Item>
          </>
        )}
      </DropdownMenu.Content>
      <form ref={signOut} method="post" action="/sign-out" hidden />
    </DropdownMenu.Root>
  );
}

interface ChoiceProps {
  title: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
}

function Choice({ title, value, options, onChange }: ChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      <DropdownMenu.Label className="px-2 py-1 text-faint text-xs">{title}</DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.id} value={option.id} className={ITEM}>
          <DropdownMenu.ItemIndicator className="absolute left-2">
            <Check aria-hidden className="size-3.5 text-accent" />
          </DropdownMenu.ItemIndicator>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
