import { CircleCheck, CircleX, X } from "lucide-react";
import type { ChannelTest } from "@/contracts/channels";
import { Button } from "../../ui/button";
import { cn } from "../../ui/cn";

interface Props {
  name: string;
  /** An error when the test could not even be asked for. */
  answer: ChannelTest | Error;
  onClose: () => void;
}

/** What became of a test. */
export function TestOutcome({ name, answer, onClose }: Props) {
  const ok = !(answer instanceof Error) && answer.ok;
  const says = answer instanceof Error ? answer.message : answer.says;
  const Icon = ok ? CircleCheck : CircleX;
  return (
    <div
      role="status"
      className={cn("flex items-start gap-2 border-b px-4 py-2.5 text-[13px]", ok ? "bg-good-soft" : "bg-bad-soft")}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", ok ? "text-good" : "text-bad")} />
      <p className="min-w-0">
        <b className="font-medium">Test through {name}:</b> {says}.
      </p>
      <Button look="quiet" size="icon" className="-my-1 -mr-2 ml-auto shrink-0" aria-label="Close" onClick={onClose}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
