/**
 * What one source file says, before anything is judged: the same shapes for Python and TypeScript/JavaScript.
 * A *ref* is a dotted name as written (`routing.Router`); `self` stands for `self`, `cls` and `this`, `super` for `super()`.
 */

export interface ModuleFacts {
  language: "python" | "typescript";
  imports: ImportFact[];
  /** Names bound at the top of the module, in the order of the text. */
  bindings: BindingFact[];
  classes: ClassFact[];
  functions: FunctionFact[];
  /** Namespaces of TypeScript; what they hold is bound in the module. */
  namespaces: string[];
  calls: CallFact[];
  claims: ClaimFact[];
  /** Mocks made after a class: `Mock(spec=Router)`. */
  doubles: { name: string; target: string; line: number }[];
  /** By top-level definition ("" = the module itself): refs whose root is bound in this module. */
  uses: Record<string, string[]>;
  /** Names listed in `__all__` or exported; null where the module does not say. */
  exported: string[] | null;
  /** Holds nothing but imports, aliases, a docstring and warnings. */
  onlyBinds: boolean;
}

export interface ImportFact {
  /** As written, leading dots included. */
  module: string;
  /** The imported name; `*` for all of them, null for the module itself. */
  name: string | null;
  /** The name it gets here; null where none is bound (`export … from`, `import "x"`). */
  local: string | null;
  line: number;
  /** An ImportError is caught around it. */
  guarded: boolean;
  /** Inside a function or method. */
  nested: boolean;
  /** Written as an export of this module: `export … from`, `import x as x`. */
  reExport: boolean;
}

/** Where in a try or if statement something stands: the line of the statement, and which arm. */
export interface Branch {
  statement: number;
  arm: "try" | "except" | "if" | "else";
}

export interface BindingFact {
  name: string;
  line: number;
  kind: "class" | "function" | "import" | "alias" | "call" | "value";
  /** alias: the ref it is bound to; call: the ref that was called. */
  target: string | null;
  /** class, function, import: its place in the facts. */
  index: number;
  branch: Branch | null;
}

export interface Param {
  name: string;
  kind: "positional" | "rest" | "keyword" | "keywordRest";
  optional: boolean;
  /** The names in its annotation that could be a class. */
  types: string[];
}

/** One call through something that the object holds. */
export interface Delegation {
  /** `_canonical` in `self._canonical.route()`; "super" and "self" for those. */
  to: string;
  method: string;
  line: number;
  inTry: boolean;
  inCatch: boolean;
}

/** Something is looked up and called: a handler by type, a chain asked one by one, a method by a made-up name. */
export interface Dispatch {
  /** The attribute, module variable or local that holds the handlers; null for branches on a type. */
  registry: string | null;
  by: "key" | "asking" | "fan_out" | "branches" | "method_name";
  line: number;
  /** What was looked up is called itself, not a method of it. */
  direct: boolean;
}

export interface BodyFact {
  /** Statements without the docstring. */
  statements: number;
  endLine: number;
  /** empty: pass, `...` or nothing. raises: that is all it does. forwards: hands everything to one other call. */
  shape: "empty" | "raises" | "forwards" | "other";
  /** raises: what. */
  raises: string | null;
  /** forwards: to whom. `bare`: with the very parameters it was given. */
  forward: { to: string; method: string; line: number; bare: boolean } | null;
  delegations: Delegation[];
  dispatches: Dispatch[];
  /** Attributes, module variables or locals that handlers are put into. */
  registers: { registry: string; line: number }[];
  /** Registries that what it returns was taken from. */
  returnsFrom: string[];
  /** Refs called in what it returns, and refs returned as they are. */
  returnsCalls: { ref: string; line: number }[];
  returnsRefs: { ref: string; line: number }[];
  /** `return new Proxy(x, …)`: what it is put around. */
  proxies: { line: number; ref: string } | null;
  /** `x.__class__ = y` and `Object.setPrototypeOf(x, Y)`. */
  setsClass: { line: number; ref: string } | null;
  /** Statements of an `except`/`catch` that do more than raise, log or return nothing. */
  fallback: { line: number; statements: number } | null;
  /** Lists that only record what was called, as test doubles do. */
  records: { line: number; attribute: string } | null;
}

export interface FunctionFact {
  name: string;
  line: number;
  params: Param[];
  async: boolean;
  /** As written. */
  returns: string | null;
  returnTypes: string[];
  decorators: string[];
  /** Names of the definitions around it, outermost first. */
  scope: string[];
  body: BodyFact;
  /** `property`, static and class methods have no instance; abstract ones no body. */
  binding: "instance" | "static" | "class" | "property";
  abstract: boolean;
  /** Warns that it is deprecated. */
  deprecated: number | null;
}

/** What an attribute of an object was given. */
export interface AttributeFact {
  name: string;
  line: number;
  /** The refs it may be an instance of: called, annotated, or the type of the parameter it was given. */
  types: string[];
  /** It was bound to an empty or literal list, dict, set or map. */
  collection: boolean;
}

export interface ClassFact {
  name: string;
  line: number;
  endLine: number;
  kind: "class" | "abstract" | "interface";
  bases: string[];
  decorators: string[];
  scope: string[];
  branch: Branch | null;
  methods: FunctionFact[];
  attributes: AttributeFact[];
  /** Names assigned in the class body, as aliases of methods or values. */
  members: { name: string; line: number; target: string | null }[];
}

/** A call whose callee or receiver could be a class of this checkout. */
export interface CallFact {
  line: number;
  /** What is called: the class or function itself, or the type of the receiver. */
  on: string;
  /** `instance`: a method of an instance of `on`; `result`: of what calling `on` gives; `direct`: `on` itself. */
  via: "instance" | "result" | "direct";
  method: string | null;
  positional: number;
  keywords: string[];
  /** Spread arguments: the number is not known. */
  spread: boolean;
  awaited: boolean;
}

/** A handler that says which message type it takes. */
export interface ClaimFact {
  type: string;
  handler: string;
  line: number;
  /** The class it stands in; null at the top of a module. */
  owner: string | null;
  how: "list" | "dict" | "registration" | "decorator";
  /** registration: the ref that was called to make what it is registered with, where only that can tell a router; else null. */
  on: string | null;
}
