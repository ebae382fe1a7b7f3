/** Every symbol of a concept with its role. */
import { matchingPattern } from "./concept";
import type { BindingFact } from "./facts";
import { starNames } from "./program/liveness";
import type { Hop, Meaning, SourceModule } from "./program/program";
import { isCandidate } from "./roles/create-judging";
import { factoryOf, judgeFunction } from "./roles/functions";
import type { ClassAt } from "./roles/hierarchy";
import type { Judging } from "./roles/judging";
import type { Reason, ScannedSymbol } from "./types";

const HTTP_CALL =
  /(^|\.)(fastapi|starlette|flask|aiohttp|express|koa|hono|sanic|django|rest_framework)\b.*\b(APIRouter|Router|Blueprint|DefaultRouter|SimpleRouter)$|(^|\.)(APIRouter|Blueprint)$/i;
const BARREL = /(^|\/)(__init__\.pyi?|index\.(m|c)?[jt]sx?)$/;

export function symbolsOf(judging: Judging): ScannedSymbol[] {
  const symbols: ScannedSymbol[] = [];
  const kept: { at: ClassAt; reason: Reason }[] = [];
  for (const module of judging.program.modules.values()) {
    if (!judging.concept.inScope(module.file)) continue;
    for (const fact of module.facts.classes) addClass(judging, { file: module.file, fact }, symbols, kept);
    if (module.kind === "backup") continue;
    addDoubles(judging, module, symbols);
    if (module.kind === "test") continue;
    addFunctions(judging, module, symbols);
    addBound(judging, module, symbols);
    addStars(judging, module, symbols);
    addMembers(judging, module, symbols);
  }
  for (const { at, reason } of kept) keepAlive(symbols, at, reason);
  for (const symbol of symbols) symbol.reasons = symbol.reasons.map((reason) => inItsWords(judging, reason));
  return symbols.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** `this` and `constructor` where the file is TypeScript. */
function inItsWords(judging: Judging, reason: Reason): Reason {
  if (judging.program.modules.get(reason.file)?.facts.language !== "typescript") return reason;
  return { ...reason, text: reason.text.replace(/\bself\./g, "this.").replace(/\b__init__\(\)/g, "its constructor") };
}

function addClass(
  judging: Judging,
  at: ClassAt,
  symbols: ScannedSymbol[],
  kept: { at: ClassAt; reason: Reason }[],
): void {
  if (!isCandidate(judging, at)) return;
  const { file, fact } = at;
  const { role, reasons, inside, keeps } = judging.verdict(at);
  if (role === "unrelated" && !matchingPattern(judging.concept, fact.name)) return;
  symbols.push({ name: fact.name, file, line: fact.line, role, reasons });
  kept.push(...keeps);
  const [first] = inside ?? [];
  if (inside && first) symbols.push({ name: fact.name, file, line: first.line, role: "duplicate", reasons: inside });
}

/** A class that lives on in somebody's `except` is no dormant one. */
function keepAlive(symbols: ScannedSymbol[], { file, fact }: ClassAt, reason: Reason): void {
  const symbol = symbols.find((one) => one.file === file && one.line === fact.line && one.name === fact.name);
  if (!symbol) return;
  if (symbol.role === "dormant") symbol.role = "duplicate";
  symbol.reasons = [...symbol.reasons, reason];
}

function addDoubles(judging: Judging, { file, facts }: SourceModule, symbols: ScannedSymbol[]): void {
  for (const { name, target, line } of facts.doubles) {
    const meaning = judging.program.resolve(file, target);
    if (meaning.kind !== "class" || !judging.isRouter(meaning)) continue;
    const text = `a mock made after ${meaning.fact.name} (${meaning.file}:${meaning.fact.line})`;
    symbols.push({ name, file, line, role: "test_double", reasons: [{ file, line, text }] });
  }
}

function addFunctions(judging: Judging, module: SourceModule, symbols: ScannedSymbol[]): void {
  const { file, facts } = module;
  const last = new Map(
    facts.bindings.filter(({ kind }) => kind === "function").map((binding) => [binding.name, binding]),
  );
  for (const binding of last.values()) {
    const fact = facts.functions[binding.index];
    const judged = fact && judgeFunction(judging, file, fact);
    if (judged) symbols.push({ name: binding.name, file, line: binding.line, ...judged });
  }
}

/** Aliases, re-exports and instances of HTTP routers at the top of a module. */
function addBound(judging: Judging, module: SourceModule, symbols: ScannedSymbol[]): void {
  const { file, facts } = module;
  for (const name of new Set(facts.bindings.map((binding) => binding.name))) {
    if (name === "default" || name === "__all__") continue;
    const [first, ...others] = judging.program.alternatives(file, name);
    if (!first) continue;
    const bindings = [first, ...others.filter((other) => other.kind !== first.kind || other.target !== first.target)];
    for (const binding of bindings) addBinding(judging, module, binding, symbols);
  }
}

function addBinding(judging: Judging, module: SourceModule, binding: BindingFact, symbols: ScannedSymbol[]): void {
  const { file, facts } = module;
  const { name, line, kind, target } = binding;
  if (kind === "call" && target && matchingPattern(judging.concept, name)) {
    const callee = judging.program.resolve(file, target);
    if (callee.kind !== "external" || !HTTP_CALL.test(callee.name)) return;
    const text = `an instance of ${callee.name}: it routes HTTP requests`;
    symbols.push({ name, file, line, role: "unrelated", reasons: [{ file, line, text }] });
    return;
  }
  const imported = kind === "import" ? facts.imports[binding.index] : undefined;
  if (kind !== "alias" && !imported) return;
  if (imported && !isReExport(judging, module, name, imported.reExport)) return;
  const beforeLine = facts.language === "python" ? line : undefined;
  const meaning = imported
    ? judging.program.resolveImport(file, imported)
    : judging.program.resolve(file, target ?? "", beforeLine);
  const of = whatItIs(judging, meaning);
  if (!of) return;
  const written = imported ? `re-exports ${imported.name ?? name} of ${imported.module}` : `is bound to ${target}`;
  const reasons: Reason[] = [{ file, line, text: `${written}: ${of}` }, ...hopsOf(meaning)];
  const lie = lieOf(judging, name, meaning);
  if (lie) reasons.push({ file, line, text: lie });
  symbols.push({ name, file, line, role: imported ? "re_export" : "alias", reasons });
}

function isReExport(judging: Judging, { file, facts }: SourceModule, name: string, written: boolean): boolean {
  if (name.startsWith("_")) return false;
  const listed = facts.exported?.includes(name) ?? false;
  const used = Object.values(facts.uses).some((refs) => refs.includes(name));
  const shim = facts.onlyBinds && !used;
  return written || listed || shim || BARREL.test(file) || judging.liveness.isImportedThrough(file, name);
}

/** `Router = CanonicalRouter` in the body of a class. */
function addMembers(judging: Judging, { file, facts }: SourceModule, symbols: ScannedSymbol[]): void {
  for (const owner of facts.classes) {
    for (const { name, line, target } of owner.members) {
      if (target === null || owner.methods.some((method) => method.name === target)) continue;
      const meaning = judging.program.resolve(file, target);
      const of = meaning.kind === "class" ? whatItIs(judging, meaning) : null;
      if (!of) continue;
      const reasons = [{ file, line, text: `is bound to ${target} inside ${owner.name}: ${of}` }, ...hopsOf(meaning)];
      symbols.push({ name, file, line, role: "alias", reasons });
    }
  }
}

/** `from .canonical import *` in a package, `export * from`. */
function addStars(judging: Judging, { file, facts }: SourceModule, symbols: ScannedSymbol[]): void {
  const barrel = BARREL.test(file) || facts.onlyBinds || facts.language === "typescript";
  for (const star of facts.imports) {
    if (star.name !== "*" || !barrel) continue;
    for (const [name, meaning] of starNames(judging.program, file, star)) {
      const of = facts.bindings.some((binding) => binding.name === name) ? null : whatItIs(judging, meaning);
      if (!of) continue;
      const reason = { file, line: star.line, text: `re-exports everything of ${star.module}, so also ${name}: ${of}` };
      symbols.push({ name, file, line: star.line, role: "re_export", reasons: [reason] });
    }
  }
}

/** The symbol of the concept that a name stands for, in words; null for anything else. */
function whatItIs(judging: Judging, meaning: Meaning): string | null {
  if (meaning.kind === "class" && judging.isRouter(meaning)) {
    const { role } = judging.verdict(meaning);
    return role === "test_double"
      ? null
      : `${meaning.fact.name} (${meaning.file}:${meaning.fact.line}), ${WORDS[role] ?? role}`;
  }
  if (meaning.kind === "function" && factoryOf(judging, meaning.file, meaning.fact)) {
    return `the factory ${meaning.fact.name} (${meaning.file}:${meaning.fact.line})`;
  }
  const judged = meaning.kind === "function" ? judgeFunction(judging, meaning.file, meaning.fact) : null;
  if (meaning.kind !== "function" || !judged || judged.role === "unrelated" || judged.role === "test_double")
    return null;
  return `${meaning.fact.name} (${meaning.file}:${meaning.fact.line}), ${WORDS[judged.role] ?? judged.role}`;
}

const WORDS: Partial<Record<ScannedSymbol["role"], string>> = {
  canonical: "the canonical",
  duplicate: "a duplicate",
  thin_subclass: "a thin subclass",
  dormant: "which is dormant",
};

const hopsOf = (meaning: Meaning): Reason[] =>
  meaning.hops
    .slice(0, -1)
    .map(({ file, line, name }: Hop) => ({ file, line, text: `on the way, ${name} is bound here` }));

function lieOf(judging: Judging, name: string, meaning: Meaning): string | null {
  const { canonical } = judging;
  if (!canonical || meaning.kind !== "class" || name !== canonical.fact.name || meaning.fact === canonical.fact)
    return null;
  return `carries the canonical's name, but is not ${canonical.file}:${canonical.fact.line}`;
}
