/** How much an answer about routers holds, so that it stays below 1 MB whatever names are reported. */
export const MAX_ROUTERS = 300;
export const MAX_ROUTERS_BYTES = 270_000;
export const MAX_SERIES = 5;
export const MAX_CODES = 4;
/** Of one router, on its own. */
export const MAX_CODES_OF_ROUTER = 50;
export const MAX_CODE_SERIES = 5;
export const MAX_NAMES = 3;
export const MAX_TYPES = 300;
export const MAX_TAKERS_OF_TYPE = 40;
/** Of all types together. */
export const MAX_TAKERS = 1_000;
export const MAX_TYPES_BYTES = 220_000;
export const MAX_INBOUND = 100;
export const MAX_INBOUND_BYTES = 80_000;
export const MAX_ROUTERS_OF_TYPE = 5;
export const MAX_COMPONENTS = 60;
export const MAX_COMPONENTS_BYTES = 280_000;
export const MAX_CHANGES = 60;
export const MAX_SOURCES = 100;
