/** What has the name and another job: tells it by its shape, or says nothing. */
import type { ClassFact } from "../facts";
import type { Reason } from "../types";
import { type Base, offered, ownMethods } from "./hierarchy";

const HTTP_BASE =
  /(^|\.)(fastapi|starlette|flask|aiohttp|sanic|django|rest_framework|express|koa|hono|fastify|litestar|falcon|tornado|bottle|quart|ninja|react_router|nestjs)(\.|$)/i;
const HTTP_NAME =
  /(^|\.)(APIRouter|APIRoute|Blueprint|DefaultRouter|SimpleRouter|APIView|ViewSet|RequestHandler|WebSocketRoute)$/;
const HTTP_VERB = /^(get|post|put|patch|delete|head|options|all)$/;
const HTTP_ROUTING =
  /^(include_router|add_api_route|add_route|add_url_rule|url_for|url_path_for|mount|add_api_websocket_route|matchRoute|navigate)$/;
const HTTP_DECORATOR =
  /(^|\.)(get|post|put|patch|delete|head|options|api_route|route|websocket|Get|Post|Put|Patch|Delete|Controller|action|api_view)\(\)$/;
const ERROR_BASE = /(^|\.)(Exception|\w*Error|Warning|BaseException)$/;
const DATA_BASE = /(^|\.)(Enum|IntEnum|StrEnum|BaseModel|BaseSettings|NamedTuple|TypedDict)$/;
const ANSWERS_FOR_ITSELF =
  /^(can_?handle|supports?(_\w+)?|supported_?\w*types?|handles|accepts?|can_?process|matches)$/i;

/** A base or method set that belongs to HTTP. */
export function httpReason(file: string, fact: ClassFact, bases: Base[]): Reason | null {
  const at = (line: number, text: string): Reason => ({ file, line, text });
  for (const { ref, external } of bases) {
    if (HTTP_NAME.test(ref) || (external !== null && HTTP_BASE.test(external))) {
      return at(fact.line, `derives from ${external ?? ref}: it routes HTTP requests`);
    }
  }
  const verbs = fact.methods.filter((method) => HTTP_VERB.test(method.name) || HTTP_ROUTING.test(method.name));
  const writes = verbs.some((method) => /^(post|put|patch)$/.test(method.name) || HTTP_ROUTING.test(method.name));
  const [first] = verbs;
  if (first && verbs.length >= 2 && writes) {
    return at(first.line, `its methods are those of an HTTP router: ${verbs.map((method) => method.name).join(", ")}`);
  }
  const endpoint = fact.methods.find((method) => method.decorators.some((name) => HTTP_DECORATOR.test(name)));
  if (endpoint) return at(endpoint.line, `${endpoint.name}() is an HTTP endpoint (@${endpoint.decorators[0]})`);
  const controller = fact.decorators.find((name) => HTTP_DECORATOR.test(name));
  return controller ? at(fact.line, `is an HTTP controller (@${controller})`) : null;
}

/** A test class: what a test runner collects. */
export function testClassReason(file: string, fact: ClassFact, bases: Base[]): Reason | null {
  const cases = fact.methods.filter((method) => /^(test|it_|should_)/.test(method.name));
  const [first] = cases;
  if (first)
    return { file, line: first.line, text: `is a test class: ${cases.length} test methods, first ${first.name}()` };
  const base = bases.find(({ ref }) => /(^|\.)(\w*TestCase|\w*TestBase|TestSuite)$/.test(ref));
  return base ? { file, line: fact.line, text: `is a test class: derives from ${base.ref}` } : null;
}

const OTHER_JOB =
  /(Handler|Controller|Endpoint|View|Middleware|Config|Settings|Options|Stats|Statistics|Metrics|Context|State|Result|Info|Validator|Monitor|Logger|Tracker|Builder|Provider|Client)$/;

/**
 * An exception, a record, a handler that others ask. `registry`: it takes handlers in. `wanted`: the name pattern by which
 * it came up; who looks for handlers finds them.
 */
export function otherJobReason(
  file: string,
  fact: ClassFact,
  bases: Base[],
  registry: boolean,
  wanted: string | null,
): Reason | null {
  const at = (line: number, text: string): Reason => ({ file, line, text });
  const error = bases.find(({ ref }) => ERROR_BASE.test(ref));
  if (error) return at(fact.line, `is an exception: derives from ${error.ref}`);
  const data = bases.find(({ ref }) => DATA_BASE.test(ref));
  if (data) return at(fact.line, `holds data: derives from ${data.ref}`);
  if (offered(fact).length === 0 && ![...ownMethods(fact).values()].some((method) => method.name.startsWith("__get"))) {
    const decorated = fact.decorators.find((name) => /dataclass|attr|define/.test(name));
    if (decorated) return at(fact.line, `holds data: @${decorated}, no methods`);
  }
  const said = OTHER_JOB.exec(fact.name)?.[1];
  if (registry || (wanted !== null && /handler/i.test(wanted) && !/router/i.test(wanted))) return null;
  const asks = fact.methods.find((method) => ANSWERS_FOR_ITSELF.test(method.name));
  const listed = fact.attributes.find((attribute) => /^(supported|handled|accepted)_?\w*types?$/i.test(attribute.name));
  if (asks) return at(asks.line, `is a handler: ${asks.name}() answers for itself, and it keeps no other handlers`);
  if (listed)
    return at(listed.line, `is a handler: ${listed.name} lists the types it takes, and it keeps no other handlers`);
  return said && !wanted?.endsWith(said)
    ? at(fact.line, `is a ${said.toLowerCase()} by its name, and takes no handlers in`)
    : null;
}
