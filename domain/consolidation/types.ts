/** What a scan of a checkout says. Paths are relative to the checkout, with `/`; lines count from 1. */

/** What a symbol is to its concept. Only `canonical` and `duplicate` are implementations. */
export const ROLES = [
  "canonical",
  "duplicate",
  "thin_subclass",
  "adapter",
  "proxy",
  "alias",
  "re_export",
  "factory",
  "interface",
  "stub",
  "dormant",
  "test_double",
  "backup_copy",
  "unrelated",
] as const;
export type Role = (typeof ROLES)[number];

export interface Place {
  file: string;
  line: number;
}

/** A fact that can be looked up, and what it says. */
export interface Reason extends Place {
  text: string;
}

export interface ScannedSymbol extends Place {
  /** As it is bound in its file: a class, a function, an alias. */
  name: string;
  role: Role;
  reasons: Reason[];
}

/** One file and by which lines it imports the concept. */
export interface Importer {
  file: string;
  imports: { line: number; module: string; name: string }[];
}

export const DRIFT_KINDS = [
  /** The canonical's public method is not there. */
  "missing_method",
  /** The job is done under another name. */
  "method_name",
  "arity",
  "async",
  "return_type",
  /** A call that does not fit the signature it calls. */
  "call_site",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

export interface Drift extends Place {
  kind: DriftKind;
  /** The implementation that differs, or whose signature the call does not fit. */
  name: string;
  method: string;
  text: string;
  /** What it is held against; null where nothing of that name exists. */
  against: Reason | null;
}

export interface HandlerConflict {
  /** The message type that several handlers claim. */
  type: string;
  claims: (Reason & { handler: string })[];
}

export interface MissingModule extends Reason {
  /** As the import names it. */
  module: string;
}

/** Files that use only the canonical path ÷ all that use the concept; null where nothing uses it. */
export interface Compliance {
  canonical: number;
  total: number;
  ratio: number | null;
}

export interface ConceptReport {
  id: string;
  /** Symbols whose role is `canonical` or `duplicate`. */
  count: number;
  target: number;
  compliance: Compliance;
  symbols: ScannedSymbol[];
  importers: { canonical: Importer[]; legacy: Importer[] };
  drift: Drift[];
  handlerConflicts: HandlerConflict[];
  missingModules: MissingModule[];
}

export interface NotAnalysed {
  file: string;
  reason: string;
}

export interface ScanReport {
  /** Null outside a git repository. */
  commit: string | null;
  /** Source files in the checkout, the ones that could not be analysed included. */
  files: number;
  /** Files that hold none of the words of the concepts, and so were read but not parsed; counted in `files`. */
  unparsed: number;
  notAnalysed: NotAnalysed[];
  concepts: ConceptReport[];
}
