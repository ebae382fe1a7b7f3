import { CopyButton } from "../ui/copy-button";
import { ScrollRegion } from "../ui/scroll-region";

export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border">
      <figcaption className="flex items-center justify-between border-b bg-surface py-0.5 pr-1 pl-3 text-faint text-xs">
        {label}
        <CopyButton label={`Copy: ${label}`} text={() => code} iconOnly />
      </figcaption>
      <ScrollRegion label={label} className="bg-raised p-3">
        <pre className="whitespace-pre-wrap break-words font-mono text-[12px] leading-relaxed">
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}
