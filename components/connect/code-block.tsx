import { CopyButton } from "../ui/copy-button";

export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border">
      <figcaption className="flex items-center justify-between border-b bg-surface py-0.5 pr-1 pl-3 text-faint text-xs">
        {label}
        <CopyButton label={`Copy: ${label}`} text={() => code} iconOnly />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre
        tabIndex={0}
        className="overflow-x-auto bg-raised p-3 font-mono text-[12px] leading-relaxed -outline-offset-2"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
