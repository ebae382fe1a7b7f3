/**
 * Which texts can say anything about the concepts: every rule by which a file comes into a report needs one of these words
 * in its text, so that a file without them need not be parsed. What is found gives further words, until none is new.
 */
import { createHash } from "node:crypto";
import type { Carriers } from "@/domain/consolidation/carriers";
import { folderOf } from "@/domain/consolidation/program/module-paths";
import type { ScanConfig } from "./config";
import type { PathSettings } from "./path-settings";
import { mayHoldRegistry } from "./registry-text";

export interface Words {
  key: string;
  /** Sources of regular expressions, as written in a text that is decoded byte by byte. */
  any: string[];
  /** Two different ones of them, as methods that are defined. */
  twoOf: string[];
  /** One of them is enough in an interface, or as a function of its module. */
  jobs: string[];
  /** Registries of handlers are looked for, whatever they are called. */
  structure: boolean;
  /** Below these paths every file matters: what is beside it is imported by a dot. */
  legacy: string[];
  /** What was found, as an import speaks of it. */
  imported: {
    names: string[];
    /** Modules, whatever is imported from them. */
    modules: string[];
    /** Modules that are imported as such. */
    whole: string[];
    /** Modules that are imported as such where one of the names stands behind a dot, or with a star. */
    holding: string[];
  };
}

const MODIFIERS = String.raw`^[ \t]+(?:(?:async|public|private|protected|static|override|readonly|get|def)[ \t]+){0,6}`;
const LITERAL = String.raw`\s{0,4}(?::[^=\n]{0,120})?=\s{0,40}(?:(?:new )?[\w.]{1,40}\(\s{0,40}){0,2}[[({]\s{0,80}["'#/\x60A-Z]`;

/** What `claims` takes for a handler's types, in the words of a text. */
const CLAIMS = [
  String.raw`${MODIFIERS}(?:(?:can_?handle|supports?|handles|accepts?|can_?process|matches)\w{0,40}[ \t]{0,4}[(<]|\w{0,40}(?:supported|handled)_?types\w{0,40}[ \t]{0,4}[(=<])`,
  String.raw`${MODIFIERS}(?:(?:self|cls|this)\.)?#?(?:\w{0,40}(?:supported|handled|accepted|handles|message|event)_?\w{0,40}types?|_?types)${LITERAL}`,
  String.raw`(?:handlers|routes|dispatch|callbacks|processors|actions)\w{0,40}\s{0,4}(?:\[[^\n]{0,120}\]\s{0,4}=[^=]|(?::[^=\n]{0,120})?=\s{0,4}(?:\(?\s{0,40}\{|new Map|Object\.|dict\(|MappingProxyType))`,
  String.raw`(?:register|add|set|bind)_?\w{0,40}(?:handler|route)\w{0,40}\s{0,4}\(`,
  String.raw`(?:router|dispatcher|registry|handlers|routes|bus)\b[^\n]{0,60}\.(?:on|register|subscribe|handle|route|set|add)\(`,
  String.raw`@[\w.]{0,80}\b(?:on|on_message|on_event|handler|handles|message_handler|event_handler|register|register_handler|SubscribeMessage|MessagePattern|EventPattern)\(`,
];

/** A handler that hands its types to its base. */
const HANDS_UP = /^[ \t]+super(?:\([^()\n]{0,80}\)\.__init__)?\(\s{0,40}(?:\w{1,40}\s{0,4}=\s{0,4})?[[({]/m;
const HANDLES = /handler|processor|listener|consumer|subscriber/i;

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");

/** As it stands in a text whose bytes are taken for characters. */
const inBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** A whole name; `$` and letters beyond ASCII are no word characters to `\b`. */
const nameWord = (name: string): string => (/^\w+$/.test(name) ? String.raw`\b${name}\b` : escaped(inBytes(name)));

/**
 * The longest part without a star; a capital may also begin a part of a snake_case or kebab-case name. Null where too
 * little is left to look for.
 */
function chunkOf(glob: string): string | null {
  const [longest = ""] = glob.split(/[*?]+/).sort((a, b) => b.length - a.length);
  if (longest.length < 3) return null;
  return [...inBytes(longest)]
    .map((one) => {
      if (/[A-Z]/.test(one)) return `[-_]{0,3}(?:${one}|(?<![A-Za-z0-9])${one.toLowerCase()})`;
      return /[a-z]/.test(one) ? one : `[-_]{0,3}${escaped(one)}`;
    })
    .join("");
}

const BARREL = /(^|\/)(__init__|index)(\.\w+)+$/;

const lastPart = (path: string): string =>
  path
    .replace(/\/\*\*?$/, "")
    .replace(/(\.d)?\.(py|pyi|[mc]?[jt]sx?)$/, "")
    .split(/[./:]/)
    .filter(Boolean)
    .at(-1) ?? path;

/** The module of `app.old`, `app/old/**`, `app/old.py:Name` or `app.old:Name`, by its last part. */
const moduleWord = (path: string): string => {
  const [module = path] = path.split(":");
  const file = module.replace(/\/\*\*?$/, "").replace(/(^|\/)(__init__|index)\.\w+$/, "");
  return nameWord(lastPart(path.includes(":") || path.includes("/") ? file : path));
};

/** Null: every text can. */
export function wordsOf({ concepts }: ScanConfig): Words | null {
  const any = new Set<string>();
  const methods = new Set<string>();
  const whole = new Set<string>();
  const legacy = new Set<string>();
  for (const { names, methods: job, bases, canonical, legacyImports } of concepts) {
    const chunks = names.map(chunkOf);
    if (chunks.includes(null)) return null;
    for (const chunk of chunks) if (chunk) any.add(chunk);
    for (const name of [...bases, ...(canonical === null ? [] : [lastPart(canonical)])]) any.add(nameWord(name));
    if (canonical !== null)
      whole.add(moduleWord(canonical.includes(":") ? canonical : canonical.replace(/\.\w+$/, "")));
    for (const path of legacyImports) legacy.add(moduleWord(path));
    for (const method of job) methods.add(method);
  }
  const job = [...methods].map(nameWord);
  return withKey({
    key: "",
    any: [...any],
    twoOf: job,
    jobs: job,
    structure: concepts.some(({ structure }) => structure),
    legacy: concepts.flatMap(({ legacyImports }) => legacyImports),
    imported: { names: [], modules: [...legacy], whole: [...whole], holding: [] },
  });
}

const withKey = ({ key: _, ...words }: Words): Words => ({
  ...words,
  key: createHash("sha1").update(JSON.stringify(words)).digest("hex"),
});

/** A Python module is imported by its own name, or behind that of its folder; `other.name` is another one. */
function pythonModule(file: string): string | null {
  const [folder, stem] = [lastPart(folderOf(file)), lastPart(file)];
  if (!/\.pyi?$/.test(file) || !/^\w+$/.test(stem) || !/^\w+$/.test(folder)) return null;
  return String.raw`(?<!\w\.)\b${stem}\b|\b${folder}\.${stem}\b`;
}

/** How files are named in an import. */
function moduleWords(files: readonly string[], settings: PathSettings): string[] {
  return files.flatMap((file) => {
    if (!BARREL.test(file)) return [pythonModule(file) ?? nameWord(lastPart(file))];
    const packages = settings.workspaces
      .filter(({ folder }) => file.startsWith(folder))
      .map(({ name }) => escaped(name));
    const aliases = settings.aliases.flatMap(({ paths }) =>
      Object.keys(paths).map((path) => path.replace(/\W*\*$/, "")),
    );
    const folder = folderOf(file).replace(/\/?\b(src|lib)$/, "");
    return [
      ...(folder === "" ? [] : [nameWord(lastPart(folder))]),
      ...packages,
      ...aliases.filter((alias) => alias.length > 1).map(escaped),
      // A package is named by dots alone from within.
      String.raw`from\s+\.+\s+import\b`,
      String.raw`["'](?:\.{1,2}/){0,9}\.{1,2}/?["']`,
    ];
  });
}

/** The words with the names and modules that carry the concepts; null where none is new. */
export function moreWords(words: Words, carriers: Carriers, settings: PathSettings): Words | null {
  const { names, dormant, holding, jobs } = carriers;
  const before = words.imported;
  const imported = {
    names: together(before.names, names.map(nameWord)),
    modules: together(before.modules, moduleWords(dormant, settings)),
    whole: before.whole,
    holding: together(before.holding, moduleWords(holding, settings)),
  };
  const more = { ...words, jobs: together(words.jobs, jobs.map(nameWord)), imported };
  const { key, ...found } = withKey(more);
  return key === words.key ? null : { ...found, key };
}

const together = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].sort();

const compiled = new Map<string, RegExp>();

/** Word lists are few, texts are many. */
function regexp(sources: readonly string[], flags = ""): RegExp {
  const source = sources.join("|");
  const known = compiled.get(flags + source) ?? new RegExp(source, flags);
  compiled.set(flags + source, known);
  return known;
}

const CONTRACT = /\b(?:Protocol|ABC|ABCMeta|interface|abstract|type)\b/;

/** A job as a method of an interface, or as a function at the top of its module. */
export function namesJob(jobs: readonly string[], text: string): boolean {
  if (jobs.length === 0 || !regexp(jobs).test(text)) return false;
  const one = `(?:${jobs.join("|")})`;
  const top = String.raw`^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:def|function\s*\*?|const|let|var)\s+${one}`;
  return regexp([top], "m").test(text) || CONTRACT.test(text);
}

/** `text`: the bytes of a file as characters. Of the jobs nothing is asked. */
export function mentions(words: Words, text: string, language: TextLanguage): boolean {
  if (words.any.length > 0 && regexp(words.any).test(text)) return true;
  if (words.twoOf.length > 1 && words.twoOf.filter((word) => regexp([word]).test(text)).length > 1) return true;
  if (regexp(CLAIMS, "im").test(text) || (HANDLES.test(text) && HANDS_UP.test(text))) return true;
  return words.structure && mayHoldRegistry(text, language);
}

export type TextLanguage = "python" | "other";

/** What a text imports by name: the module, and the names as they are written. */
const FROM =
  /\bfrom\s{1,20}([^\s;#]{1,200})\s{1,20}import\b[ \t]{0,20}(\((?:[^)#]|#[^\n]*){0,8000}|(?:[^\n\\]|\\[\s\S]){0,8000})/g;

/** In Python who passes a name on is itself found to hold it, so that it is imported from one of those. */
function carries({ names, holding }: Words["imported"], imports: string, language: TextLanguage): boolean {
  if (names.length === 0 || !regexp(names).test(imports)) return false;
  if (language !== "python") return true;
  const [named, held] = [regexp(names), regexp(holding)];
  return [...imports.matchAll(FROM)].some(([, module = "", listed = ""]) => {
    return named.test(listed) && (module.endsWith(".") || held.test(module.split(".").slice(-2).join(".")));
  });
}

/** `imports`: the lines of a text that import. Null where the whole text has to be asked. */
export function importsMention({ imported }: Words, imports: string, language: TextLanguage): boolean | null {
  const { modules, whole, holding } = imported;
  if (modules.length > 0 && regexp(modules).test(imports)) return true;
  if (carries(imported, imports, language)) return true;
  const modulesOnly = imports.replace(PICKED, "");
  if (whole.length > 0 && regexp(whole).test(modulesOnly)) return true;
  if (holding.length === 0 || !regexp(holding).test(modulesOnly)) return false;
  return modulesOnly.includes("*") ? true : null;
}

/** Imports that bring the names that they list, and nothing else of the module. */
const PICKED =
  /\bfrom\s{1,20}[\w.]{1,200}\s{1,20}import\s(?!\s{0,20}\*)|\b(?:import|export)\s{1,20}(?:type\s{1,20})?\{[^}]{0,8000}\}\s{0,20}from\s{0,20}["'][^"'\n]{0,200}["']/g;

/** A text that imports a module that holds the concept names it behind a dot where it uses it. */
export const usesNames = ({ imported }: Words, text: string): boolean =>
  imported.names.length > 0 && regexp([String.raw`\.\s{0,40}(?:${imported.names.join("|")})`]).test(text);

/** A list in parentheses that a line begins, as Python writes it; a comment in it may hold one that closes. */
const LISTED = String.raw`(?:(?<=\bimport[ \t]{0,20}\([^\n)#]{0,400}(?:#[^\n]{0,400})?)(?:[^)#]|#[^\n]*){0,4000}\)[^\n]*)?`;
const IMPORT = new RegExp(
  [
    String.raw`\b(?:import|export)\s{0,40}(?:type\s{1,20})?(?:[\w$]{1,80}\s{0,20},\s{0,20})?[({][^)}]{0,8000}[)}][^\n]*`,
    String.raw`^[^\n]*\b(?:import|from|require)\b(?:[^\n]*\\\r?\n)*[^\n]*${LISTED}`,
  ].join("|"),
  "gm",
);

/** Every line that could import something, with the names in its parentheses or braces. */
export const importsOf = (text: string): string => (text.match(IMPORT) ?? []).join("\n");
