/**
 * Whether a text can hold a registry of handlers, told from its characters alone: wider than what `syntax/registries` and
 * the evidence of roles find in a tree, never narrower. Each expression looks at a bounded stretch, so that time grows
 * with the length of the text.
 */
import { methodsOf } from "./python-methods";

/** A parameter that may be a message; as `takesMessage` asks. */
const MESSAGE =
  /\b(?:m|evt)\b|(?<![a-zA-Z])(?:message|msg|event|payload|envelope|packet|frame|notification|update|raw|data)s?(?![a-z])|Message|Event|Envelope|Payload|Packet|WebSocket/;

/** An attribute whose name says that it holds things to be called, where it is read. */
const CALLABLE =
  /\b(?:self|cls|this)\??\.#?\w{0,60}(?:handler|route|callback|listener|processor|chain|dispatch|subscriber|action|consumer)\w{0,60}(?![\w(]|\s{0,20}=[^=>])/i;

const ATTRIBUTE = String.raw`\b(?:self|cls|this)\s{0,40}\??\.#?\w{1,80}`;
const KEY = String.raw`\s{0,40}(?:\??\.)?\[[^\n]{0,200}?\]`;
const TAKING = String.raw`\s{0,40}\??\.(?:get|pop|setdefault|at)\([^\n]{0,200}?\)`;
/** Something is put into an attribute, or it is written with something in it. */
const FILLED = new RegExp(
  [
    `${ATTRIBUTE}(?:${KEY})\\s{0,20}=[^=]`,
    `${ATTRIBUTE}(?:${KEY}|${TAKING})?[!?]?\\s{0,40}\\.(?:append|push|add|insert|unshift|set|setdefault|update|extend|splice|register)\\(`,
    `${ATTRIBUTE}\\s{0,20}(?::[^=\\n]{0,200})?=\\s{0,20}(?:\\{|\\[|(?:new\\s)?(?:Map|Object\\.freeze|dict|OrderedDict)\\b)\\s{0,200}[^\\s\\]})]`,
  ].join("|"),
);
/** What is taken out is called on the spot. */
const CALLED = new RegExp(`${ATTRIBUTE}(?:${KEY}|${TAKING})\\s{0,20}!?(?:\\?\\.)?\\(`);

const REF = String.raw`[\w$.?!#]{1,160}`;
const LOOKUP = String.raw`(?:${REF}(?:\[|\.(?:get|pop|setdefault|at|find|filter|findLast|some)\()|next\(|(?:self|this)\.\w{0,60}(?:find|get|resolve|select|lookup|match)\w{0,60}\()`;
const SIDE = String.raw`(?:[^\n]{0,200}?(?:\bor\b|\band\b|\bif\b|\belse\b|\|\||&&|\?|:))?[\s(]{0,20}(?:await\b)?[\s(]{0,20}`;
/** Names that are given something that was looked up: on the spot, or in the lines below. */
const GIVEN = new RegExp(
  String.raw`(?:(?:^|[;{(])[ \t]*(?:(?:const|let|var)\s)?[ \t([{]{0,10}([A-Za-z_$][\w$]*(?:[ \t]*,[ \t]*[\w$]+){0,9})[\])} \t]{0,10}(?::[^=\n]{0,80})?|([A-Za-z_]\w*)\s{0,4}:)=(?![=>])(?:${SIDE}${LOOKUP}|[\s(]{0,20}$|[^\n]{0,200}(?:[\\|&?]|\b(?:if|else|or|and))[ \t]{0,20}$)`,
  "gim",
);
/** Names that a loop gives one after the other. */
const LOOPS = [
  /\bfor\s{1,20}([^\n]{1,80}?)\s{1,20}in\b([^\n]{0,200})/g,
  /\bfor\s{0,20}(?:await\s{0,20})?\(\s{0,20}(?:const|let|var)\s([^\n]{1,80}?)\s(?:of|in)\b([^\n]{0,200})/g,
  /\.(?:forEach|map)\(\s{0,40}(?:async\s{0,20})?\(?([^()=\n]{1,80}?)\)?\s{0,20}=>/g,
  /\.(?:forEach|map)\(\s{0,40}(?:async\s{0,20})?function\s{0,20}\w{0,40}\(([^()\n]{1,80})\)/g,
];
/** A method that gives what it finds. */
const HELPER = /\b(?:self|cls)\s{0,40}\.\w{0,60}(?:find|get|resolve|select|lookup|match)\w{0,60}\s{0,40}\(/i;

/** Each is asked before it is called. */
const ASKED = /\.(?:can|supports?|match|accepts?|handles|should|is_?for|wants)\w{0,60}\(/i;
const CLASS_ASKED = /\bisinstance\([^()\n]{1,80},\s{0,10}([a-z]\w{0,60})\s{0,10}\)/g;
const BY_KEY = /\[|\.(?:get|pop|setdefault|at)\(|^\s{0,20}\(?\s{0,20}$/;
const CALL = /(?<![.\w$]|\b(?:def|class|function|new) )([A-Za-z_$][\w$]*)\s{0,4}(?:\?\.)?\(/g;

/** Time grows with the length: each name is looked up in a set. */
function callsWhatItTook(text: string): boolean {
  const taken = new Set<string>();
  const give = (names: string, to: Set<string>) => {
    for (const [name] of names.matchAll(/[A-Za-z_$][\w$]*/g)) to.add(name);
  };
  for (const [, names, walrus = ""] of text.matchAll(GIVEN)) give(names ?? walrus, taken);
  const whole = new Set<string>();
  for (const pattern of LOOPS)
    for (const [, names = "", over] of text.matchAll(pattern))
      give(names, over !== undefined && BY_KEY.test(over) ? taken : whole);
  const asked = ASKED.test(text) || [...text.matchAll(CLASS_ASKED)].some(([, name = ""]) => whole.has(name));
  for (const [, name = ""] of text.matchAll(CALL)) if (taken.has(name) || (asked && whole.has(name))) return true;
  return false;
}

export function mayHoldRegistry(text: string, language: "python" | "other"): boolean {
  if (!MESSAGE.test(text)) return false;
  const isFilled = FILLED.test(text);
  const mayDispatch = (body: string): boolean =>
    CALLABLE.test(body) || (isFilled && (CALLED.test(body) || callsWhatItTook(body)));
  if (!mayDispatch(text)) return false;
  const methods = language === "python" ? methodsOf(text) : null;
  // The method that takes a message is the one that looks its handler up, itself or by another one.
  return methods?.some(({ header, body }) => MESSAGE.test(header) && (mayDispatch(body) || HELPER.test(body))) ?? true;
}
