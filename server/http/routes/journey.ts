import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { eventPosition, readCursor } from "@/server/queries/cursor";
import type { EventsAsked } from "@/server/queries/journey-events";
import { ApiError } from "../api-error";
import { visibleEnvironments } from "../authenticate";
import { environmentParameter, idText, parseCursor, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

const cursor = z.string().max(8_192).optional();
const journeyParameters = { ...environmentParameter, key: z.string().max(4_096).optional() };

/** Parameters of GET /api/v1/journeys/:id. */
export const journeyDetailQuery = z.object({ ...journeyParameters, eventsCursor: cursor });
/** Parameters of GET /api/v1/journeys/:id/events: what follows `cursor`, comes before `before`, or lies around `event`. */
export const journeyEventsQuery = z.object({ ...journeyParameters, cursor, before: cursor, event: idText.optional() });
/** Parameters of GET /api/v1/journeys/:id/neighbours. */
export const neighboursQuery = z.object(journeyParameters);

interface Named {
  Params: { id: string };
}

export function addOneJourneyRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries } = dependencies;

  scope.get<Named>("/api/v1/journeys/:id", async (request) => {
    const query = parseQuery(journeyDetailQuery, request.query);
    const journey = await queries.journey({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      id: request.params.id,
      key: query.key ?? null,
      eventsAfter: position(query.eventsCursor),
    });
    if (!journey) throw new ApiError("not_found", "No journey has this id.");
    return journey;
  });

  scope.get<Named>("/api/v1/journeys/:id/events", async (request) => {
    const query = parseQuery(journeyEventsQuery, request.query);
    const page = await queries.journeyEvents({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      id: request.params.id,
      key: query.key ?? null,
      asked: askedOf(query),
    });
    const nobody = query.event === undefined ? "No journey has this id." : "No journey of this id has that event.";
    if (!page) throw new ApiError("not_found", nobody);
    return page;
  });

  scope.get<Named>("/api/v1/journeys/:id/neighbours", async (request) => {
    const query = parseQuery(neighboursQuery, request.query);
    const neighbours = await queries.neighbours({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      id: request.params.id,
      key: query.key ?? null,
    });
    if (!neighbours) throw new ApiError("not_found", "No journey has this id.");
    return neighbours;
  });
}

const position = (text: string | undefined) => parseCursor(text, (encoded) => readCursor(eventPosition, encoded));

function askedOf({ cursor, before, event }: z.infer<typeof journeyEventsQuery>): EventsAsked {
  const given = Object.entries({ cursor, before, event }).filter(([, value]) => value !== undefined);
  const [, second] = given;
  if (second) {
    const message = "names another page than the parameter before it: give one of cursor, before and event";
    throw new ApiError("bad_query", `${second[0]}: ${message}`, [{ field: second[0], message }]);
  }
  if (event !== undefined) return { around: event };
  const end = position(before);
  return end ? { before: end } : { after: position(cursor) };
}
