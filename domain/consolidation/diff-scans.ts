/** What came and what went between two scans of one concept. */
import type { ConceptReport, Role, ScannedSymbol } from "./types";

export interface SymbolId {
  name: string;
  file: string;
  role: Role;
}

export interface ScanDiff {
  came: SymbolId[];
  went: SymbolId[];
  /** The same symbol in the same file, with another role. */
  changed: (SymbolId & { before: Role })[];
  /** The same name and role, in another file. */
  moved: (SymbolId & { from: string })[];
}

type Side = Pick<ConceptReport, "symbols">;

/** A symbol is the same if name and file are; of several in one file, the n-th is the n-th. Lines do not count. */
export function diffScans(before: Side, after: Side): ScanDiff {
  const [old, now] = [byIdentity(before.symbols), byIdentity(after.symbols)];
  const came = [...now].filter(([key]) => !old.has(key)).map(([, symbol]) => symbol);
  const went = [...old].filter(([key]) => !now.has(key)).map(([, symbol]) => symbol);
  const changed = [...now].flatMap(([key, symbol]) => {
    const was = old.get(key);
    return was && was.role !== symbol.role ? [{ ...symbol, before: was.role }] : [];
  });
  const moved: ScanDiff["moved"] = [];
  for (const symbol of [...came]) {
    const from = went.find(({ name, role }) => name === symbol.name && role === symbol.role);
    if (!from) continue;
    moved.push({ ...symbol, from: from.file });
    came.splice(came.indexOf(symbol), 1);
    went.splice(went.indexOf(from), 1);
  }
  return { came, went, changed, moved };
}

function byIdentity(symbols: readonly ScannedSymbol[]): Map<string, SymbolId> {
  const found = new Map<string, SymbolId>();
  const ordered = [...symbols].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  for (const { name, file, role } of ordered) {
    let nth = 0;
    while (found.has(`${file}\0${name}\0${nth}`)) nth += 1;
    found.set(`${file}\0${name}\0${nth}`, { name, file, role });
  }
  return found;
}
