/** What the parts of a scan hold, as rows. */
import { figure } from "@/client/format";
import { roleWords } from "@/client/role-words";
import type { ScanDetail, ScanPart, ScanPartPage } from "@/contracts/http";
import { assertNever } from "@/domain/assert-never";

export interface Row {
  key: string;
  title: string;
  tag: string | null;
  place: { file: string; line: number | null };
  reasons: { file: string; line: number; text: string }[];
}

/** One page as rows: what it is, where it stands, and why. */
export function rowsOf(page: ScanPartPage, number: number): Row[] {
  const keyed = (rows: Omit<Row, "key">[]) => rows.map((row, n) => ({ ...row, key: `${number} ${n}` }));
  switch (page.part) {
    case "symbols":
      return keyed(
        page.items.map(({ name, file, line, role, reasons }) => ({
          ...{ title: name, tag: roleWords(role).title, place: { file, line }, reasons },
        })),
      );
    case "canonical_importers":
    case "legacy_importers":
      return keyed(
        page.items.map(({ file, imports }) => ({
          ...{ title: file, tag: null, place: { file, line: null } },
          reasons: imports.map(({ line, module, name }) => ({ file, line, text: `${name} from ${module}` })),
        })),
      );
    case "drift":
      return keyed(
        page.items.map(({ name, method, kind, file, line, text, against }) => ({
          ...{ title: `${name}.${method}`, tag: kind.replaceAll("_", " "), place: { file, line } },
          reasons: [{ file, line, text }, ...(against ? [against] : [])],
        })),
      );
    case "handler_conflicts":
      return keyed(
        page.items.map(({ type, claims }) => ({
          ...{
            title: type,
            tag: `${figure(claims.length)} handlers`,
            place: { file: claims[0]?.file ?? "", line: null },
          },
          reasons: claims.map(({ handler, file, line, text }) => ({ file, line, text: `${handler}: ${text}` })),
        })),
      );
    case "missing_modules":
      return keyed(
        page.items.map(({ module, file, line, text }) => ({
          ...{ title: module, tag: "does not exist", place: { file, line }, reasons: [{ file, line, text }] },
        })),
      );
    default:
      return assertNever(page);
  }
}

/** How many rows a part has. */
export function sizeOf(figures: ScanDetail["parts"][number], part: ScanPart): number {
  switch (part) {
    case "symbols":
      return figures.roles.reduce((sum, { symbols }) => sum + symbols, 0);
    case "canonical_importers":
      return figures.canonicalImporters;
    case "legacy_importers":
      return figures.legacyImporters;
    case "drift":
      return figures.drift;
    case "handler_conflicts":
      return figures.handlerConflicts;
    case "missing_modules":
      return figures.missingModules;
    default:
      return assertNever(part);
  }
}
