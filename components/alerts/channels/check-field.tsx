interface Props {
  label: string;
  hint?: string | undefined;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function CheckField({ label, hint, value, onChange }: Props) {
  return (
    <label className="flex items-start gap-2 text-[13px]">
      <input
        type="checkbox"
        className="mt-1 accent-[var(--accent)]"
        checked={value}
        onChange={() => onChange(!value)}
      />
      <span>
        {label}
        {hint && <span className="block text-warn text-xs">{hint}</span>}
      </span>
    </label>
  );
}
