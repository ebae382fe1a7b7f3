import { forTerminal } from "@/domain/alerts/escape-text";

/** Rows as aligned columns under the names of their cells; says so where there are none. */
export function asTable(rows: Record<string, string>[]): string {
  const [first] = rows;
  if (!first) return "none\n";
  const names = Object.keys(first);
  const lines = [
    names.map((name) => name.toUpperCase()),
    ...rows.map((row) => names.map((name) => forTerminal(row[name] ?? ""))),
  ];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
