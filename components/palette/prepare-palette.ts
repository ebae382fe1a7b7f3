import { pathOf, type Visit } from "@/client/recent";
import type { SearchAnswer } from "@/contracts/http";
import { describeView } from "../views/describe-view";
import type { PaletteGroup, PaletteItem } from "./palette-item";
import { prepareHits } from "./prepare-hits";

const VISIT_TITLES: Record<Visit["kind"], string> = { journey: "journey", user: "user", incident: "incident" };
const MAX_VISITS_SHOWN = 6;
const MAX_VIEWS_SHOWN = 6;

interface Input {
  typed: string;
  answer: SearchAnswer | undefined;
  visits: Visit[];
  pages: { path: string; label: string }[];
  views: { id: string; name: string; path: string; query: string }[];
  actions: { id: string; title: string; words: string }[];
  /** The environment in view. */
  environment: string | null;
}

/** Nothing typed: where one has been and what can be done. Something typed: what has such an id, then what is called so. */
export function preparePalette(input: Input): PaletteGroup[] {
  const { typed, answer, environment } = input;
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const named = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const hits = words.length > 0 && answer ? prepareHits(answer, environment) : [];
  const found = new Set(hits.flatMap(({ items }) => items.map(({ title }) => title)));
  const visits = input.visits.filter(({ id }) => named(id) && !found.has(id));
  const views = input.views.filter(({ name }) => named(name));
  const called: PaletteGroup[] = [
    {
      title: "Recent",
      items: visits.slice(0, MAX_VISITS_SHOWN).map((visit) => visitItem(visit, environment)),
      more: false,
    },
    {
      title: "Saved views",
      items: views.slice(0, MAX_VIEWS_SHOWN).map(viewItem),
      more: views.length > MAX_VIEWS_SHOWN,
    },
    { title: "Pages", items: input.pages.filter(({ label }) => named(label)).map(pageItem), more: false },
    {
      title: "Actions",
      items: input.actions.filter(({ title, words: more }) => named(`${title} ${more}`)).map(actionItem),
      more: false,
    },
  ];
  return [...hits, ...called].filter((group) => group.items.length > 0);
}

const PLAIN = { isId: false, details: [], status: null, at: null, environment: null };

function visitItem(visit: Visit, inView: string | null): PaletteItem {
  return {
    ...PLAIN,
    value: `recent/${visit.kind}/${visit.environment}/${visit.id}`,
    icon: visit.kind,
    title: visit.id,
    isId: true,
    details: [VISIT_TITLES[visit.kind]],
    environment: visit.environment === inView ? null : visit.environment,
    choice: { do: "open", path: pathOf(visit.kind, visit.id), query: {}, environment: visit.environment },
  };
}

function viewItem({ id, name, path, query }: Input["views"][number]): PaletteItem {
  const details = [describeView({ path, query })];
  return { ...PLAIN, value: `view/${id}`, icon: "view", title: name, details, choice: { do: "view", path, query } };
}

function pageItem({ path, label }: Input["pages"][number]): PaletteItem {
  const choice = { do: "open", path, query: {}, environment: null } as const;
  return { ...PLAIN, value: `page${path}`, icon: "page", title: label, choice };
}

function actionItem({ id, title }: Input["actions"][number]): PaletteItem {
  return { ...PLAIN, value: `action/${id}`, icon: "action", title, choice: { do: "act", action: id } };
}
