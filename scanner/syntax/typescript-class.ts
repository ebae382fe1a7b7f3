/** Classes, interfaces, object types and objects with methods. */
import type { ClassFact, FunctionFact } from "@/domain/consolidation/facts";
import { addAttribute, attributesOf, declareAttribute, emptyClass, type Where } from "./collect";
import { baseRefs, callOf, endLine, field, kids, line, refOf, typeNames } from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";
import { paramsOf, type ReadNested, readFunction } from "./typescript-function";

const FUNCTIONS = /^(function_expression|arrow_function)$/;
const SIGNATURES = new Sought("function_type");

/** `begin` is told of the class before its body is read. */
export function readClass(
  node: SyntaxNode,
  at: Pick<ClassFact, "name" | "line">,
  where: Where,
  readNested: ReadNested,
  begin: (owner: ClassFact) => void,
): void {
  const { name } = at;
  const kind = /^(interface_declaration|type_alias_declaration)$/.test(node.type)
    ? "interface"
    : node.type === "abstract_class_declaration"
      ? "abstract"
      : "class";
  const owner: ClassFact = {
    ...emptyClass({ ...at, endLine: endLine(node) }, where),
    kind,
    bases: heritageOf(node),
    decorators: kids(node.parent?.type === "export_statement" ? node.parent : node).flatMap((child) =>
      child.type === "decorator" ? decoratorOf(child) : [],
    ),
  };
  begin(owner);
  const inner: Where = { branch: null, scope: [...where.scope, name], guarded: false };
  const body =
    node.type === "object" ? node : node.type === "type_alias_declaration" ? field(node, "value") : field(node, "body");
  let decorators: string[] = [];
  for (const member of body ? kids(body) : []) {
    if (member.type === "decorator") {
      decorators.push(...decoratorOf(member));
      continue;
    }
    const method = readMember(member, owner, inner, readNested);
    if (method) {
      method.decorators = decorators;
      owner.methods.push(method);
    }
    decorators = [];
  }
}

const decoratorOf = (node: SyntaxNode): string[] => {
  const [inner] = kids(node);
  const call = inner && callOf(inner);
  const ref = refOf(call ? call.callee : (inner ?? null));
  return ref ? [call ? `${ref}()` : ref] : [];
};

/** What a class extends and an interface extends; what a class implements is no base. */
function heritageOf(node: SyntaxNode): string[] {
  const bases: string[] = [];
  for (const child of kids(node)) {
    if (child.type === "extends_type_clause") bases.push(...kids(child).flatMap((type) => refOf(nameOf(type)) ?? []));
    if (child.type !== "class_heritage") continue;
    const [clause] = kids(child);
    if (clause?.type === "extends_clause") bases.push(...baseRefs(field(clause, "value")));
    else if (clause && clause.type !== "implements_clause") bases.push(...baseRefs(clause));
  }
  return bases;
}

const nameOf = (type: SyntaxNode): SyntaxNode => (type.type === "generic_type" ? (field(type, "name") ?? type) : type);

function readMember(member: SyntaxNode, owner: ClassFact, where: Where, readNested: ReadNested): FunctionFact | null {
  switch (member.type) {
    case "method_definition":
    case "method_signature":
    case "abstract_method_signature": {
      const name = field(member, "name")?.text ?? "";
      const method = readFunction(member, name === "constructor" ? "__init__" : name, where, readNested);
      if (name === "constructor") parameterProperties(member, owner);
      const body = field(member, "body");
      if (body) attributesOf(body, method, owner);
      return method;
    }
    case "public_field_definition":
    case "field_definition":
    case "property_signature":
    case "pair": {
      const name = field(member, "name") ?? field(member, "property") ?? field(member, "key");
      const value = field(member, "value");
      if (!name) return null;
      if (value && FUNCTIONS.test(value.type)) {
        const method = { ...readFunction(value, name.text, where, readNested), line: line(name) };
        const body = field(value, "body");
        if (body) attributesOf(body, method, owner);
        return method;
      }
      const type = field(member, "type");
      const signature = type?.all(SIGNATURES)[0];
      if (signature)
        return {
          ...readFunction(signature, name.text, where, readNested),
          params: paramsOf(field(signature, "parameters")),
          line: line(name),
        };
      declareAttribute(owner, name, type, value);
      return null;
    }
    default:
      return null;
  }
}

/** `constructor(private readonly router: Router)`. */
function parameterProperties(method: SyntaxNode, owner: ClassFact): void {
  const list = field(method, "parameters");
  for (const param of list ? kids(list) : []) {
    const name = field(param, "pattern");
    const kept = param.childTypes.some((type) => /^(accessibility_modifier|readonly|override_modifier)$/.test(type));
    if (!name || !kept) continue;
    addAttribute(owner.attributes, {
      name: name.text,
      line: line(name),
      types: typeNames(field(param, "type")),
      collection: false,
    });
  }
}
