/** Finds calls whose target could be a class of the checkout, so that they can be held against its signature. */
import type { CallFact, ModuleFacts } from "@/domain/consolidation/facts";
import {
  ASSIGNMENTS,
  assignmentOf,
  bare,
  CALLS,
  type Call,
  CLASSES,
  callOf,
  field,
  kids,
  line,
  memberOf,
  refOf,
  typeNames,
} from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

interface Typed {
  on: string;
  via: CallFact["via"];
}
type Types = Map<string, Typed>;

const DEFINES = new Sought(
  ...["function_definition", "function_declaration", "method_definition", "function_expression", "arrow_function"],
  "generator_function_declaration",
);
const TELLING = new Sought(CLASSES, DEFINES, CALLS, ASSIGNMENTS);
const MAKES = /^_?(get|create|make|build|new)_?[A-Za-z]/;
const PASSES_CALLS_ON = /^(Mock|MagicMock|AsyncMock|patch)$/;

const lastOf = (ref: string): string => ref.split(".").at(-1) ?? ref;
const isClassName = (ref: string): boolean => /^_*[A-Z][A-Za-z0-9_]*[a-z]/.test(lastOf(ref));
const wasImported = (ref: string, facts: ModuleFacts): boolean =>
  facts.imports.some((imported) => imported.local === ref && imported.name !== null);

/** Adds calls and mocks made after a class to the facts. */
export function findCalls(root: SyntaxNode, facts: ModuleFacts): void {
  const attributes = new Map<string, Types>();
  for (const owner of facts.classes) {
    const types: Types = new Map();
    for (const { name, types: named } of owner.attributes) {
      const known = named.filter((type) => isClassName(type) || MAKES.test(lastOf(type)));
      const [only] = known.filter(
        (type) => !/^(Optional|Union|List|Dict|Any|Callable|Type|Final|ClassVar)$/.test(type),
      );
      if (only) types.set(name, { on: only, via: isClassName(only) ? "instance" : "result" });
    }
    attributes.set(`${owner.name}:${owner.line}`, types);
  }
  const around: Around = { types: new Map(), own: null };
  root.walk(TELLING, around, (node, at) => visit(node, at, facts, attributes));
}

interface Around {
  /** Of what is known by a name. */
  types: Types;
  /** Of the attributes of the class around. */
  own: Types | null;
}

function visit(node: SyntaxNode, around: Around, facts: ModuleFacts, attributes: ReadonlyMap<string, Types>): Around {
  if (CLASSES.has(node.type)) {
    const name = field(node, "name");
    return { ...around, own: name ? (attributes.get(`${name.text}:${line(name)}`) ?? null) : null };
  }
  if (DEFINES.has(node.type)) {
    const types = new Map(around.types);
    typeParams(field(node, "parameters"), types);
    return { ...around, types };
  }
  const assigned = assignmentOf(node);
  if (assigned?.left.type === "identifier") typeLocal(assigned.left.text, assigned.type, assigned.right, around.types);
  const call = callOf(node);
  if (call) noteCall(call, node, around.types, around.own, facts);
  return around;
}

function typeParams(list: SyntaxNode | null, types: Types): void {
  for (const param of list ? kids(list) : []) {
    const annotation = field(param, "type");
    const name = field(param, "pattern") ?? field(param, "name") ?? kids(param)[0];
    if (!name) continue;
    types.delete(name.text);
    if (annotation) typeLocal(name.text, annotation, null, types);
  }
}

function typeLocal(name: string, annotation: SyntaxNode | null, value: SyntaxNode | null, types: Types): void {
  const made = value && callOf(bare(value));
  const called = made && refOf(made.callee);
  if (called && isClassName(called) && !PASSES_CALLS_ON.test(lastOf(called)))
    types.set(name, { on: called, via: "instance" });
  else if (called && MAKES.test(lastOf(called))) types.set(name, { on: called, via: "result" });
  else if (value) types.delete(name);
  const named = typeNames(annotation);
  const plain = named.length === 1 || (named.length === 2 && /^(Optional|None)$/.test(named[0] ?? ""));
  const type = named.find((part) => isClassName(part) && part !== "Optional" && part !== "None");
  if (plain && type) types.set(name, { on: type, via: "instance" });
}

function noteCall(call: Call, node: SyntaxNode, types: Types, own: Types | null, facts: ModuleFacts): void {
  const called = refOf(call.callee);
  const member = memberOf(call.callee);
  noteDouble(call, called, node, facts);
  if (called && (isClassName(called) || (MAKES.test(called) && !called.includes(".")))) {
    add(call, node, { on: called, via: "direct" }, null, facts);
    return;
  }
  const typed = member && receiverType(member.object, types, own, facts);
  if (member && typed) add(call, node, typed, member.property, facts);
}

function receiverType(object: SyntaxNode, types: Types, own: Types | null, facts: ModuleFacts): Typed | null {
  const made = callOf(bare(object));
  const maker = made && refOf(made.callee);
  if (maker && isClassName(maker)) return { on: maker, via: "instance" };
  if (maker && MAKES.test(lastOf(maker))) return { on: maker, via: "result" };
  const ref = refOf(object);
  if (!ref) return null;
  if (ref.startsWith("self.")) return own?.get(ref.slice(5)) ?? null;
  const known = types.get(ref);
  if (known) return known;
  return isClassName(ref) || wasImported(ref, facts) ? { on: ref, via: "direct" } : null;
}

function add(call: Call, node: SyntaxNode, typed: Typed, method: string | null, facts: ModuleFacts): void {
  const keywords = call.args.flatMap((argument) =>
    argument.type === "keyword_argument" ? (field(argument, "name")?.text ?? []) : [],
  );
  const spread =
    call.args.some((argument) => /splat|spread/.test(argument.type)) ||
    call.args.some((argument) => argument.type === "generator_expression");
  facts.calls.push({
    ...typed,
    line: line(node),
    method,
    positional: call.args.length - keywords.length,
    keywords,
    spread,
    awaited: /^await/.test(node.parent?.type ?? ""),
  });
}

/** `Mock(spec=Router)`, `create_autospec(Router)`, `jest.mocked(Router)`; named by what it is bound to. */
function noteDouble(call: Call, called: string | null, node: SyntaxNode, facts: ModuleFacts): void {
  const name = lastOf(called ?? "");
  if (
    !/^(Mock|MagicMock|AsyncMock|NonCallableMock|create_autospec|patch|object|createMockInstance|mocked|mock)$/.test(
      name,
    )
  )
    return;
  const spec = call.args.find(
    (argument) =>
      argument.type === "keyword_argument" &&
      /^(spec|spec_set|autospec|wraps)$/.test(field(argument, "name")?.text ?? ""),
  );
  const target = refOf(
    spec
      ? field(spec, "value")
      : name === "create_autospec" || name === "mocked" || name === "createMockInstance"
        ? (call.args[0] ?? null)
        : null,
  );
  if (!target || target === "True" || target === "False") return;
  const holder = node.parent && assignmentOf(node.parent);
  facts.doubles.push({ name: holder?.left.text ?? `${name}(${target})`, target, line: line(node) });
}
