/** Message types that several handlers claim. */
import type { Meaning } from "./program/program";
import { type Judging, productOf } from "./roles/judging";
import type { HandlerConflict } from "./types";

const HOW = {
  list: "lists it among its types",
  dict: "is kept under it",
  registration: "is registered for it",
  decorator: "is marked with it",
};

/** What is kept in a map may be anything: a function or class of this checkout, a method that is there, or written on the spot. */
function isHandler(meaning: Meaning, handler: string): boolean {
  if (/ in line \d+$/.test(handler) || meaning.kind === "function") return true;
  const method = handler.split(".")[1];
  if (meaning.kind === "class") return method === undefined || meaning.fact.methods.some(({ name }) => name === method);
  return /^[A-Z]\w*Handler$/.test(handler);
}

/** A class that lists a type and is registered for it is one claim; test trees and backups claim nothing. */
export function handlerConflictsOf(judging: Judging): HandlerConflict[] {
  const { program, concept } = judging;
  const isRouter = (file: string, callee: string): boolean => {
    const made = productOf(judging, file, callee);
    return made !== null && judging.isRouter(made);
  };
  const claims = new Map<string, Map<string, HandlerConflict["claims"][number]>>();
  for (const { file, kind, facts } of program.modules.values()) {
    if (kind !== "source" || !concept.inScope(file)) continue;
    for (const { type, handler, line, how, on } of facts.claims) {
      if (on !== null && !isRouter(file, on)) continue;
      const root = handler.split(".")[0] ?? handler;
      const meaning = program.resolve(file, root);
      if (how === "dict" && !isHandler(meaning, handler)) continue;
      const place = meaning.kind === "class" || meaning.kind === "function" ? meaning.file : file;
      const name = meaning.kind === "class" ? [meaning.fact.name, ...handler.split(".").slice(1)].join(".") : handler;
      const of = claims.get(type) ?? new Map();
      claims.set(type, of);
      const key = `${place}:${name}`;
      if (!of.has(key)) of.set(key, { file, line, handler: name, text: `${name} ${HOW[how]}` });
    }
  }
  return [...claims]
    .filter(([, of]) => of.size > 1)
    .map(([type, of]) => ({ type, claims: [...of.values()] }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}
