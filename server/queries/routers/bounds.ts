/** How much an answer about routers holds, so that it stays below 1 MB whatever names are reported. */
export const MAX_ROUTERS = 60;
export const MAX_SERIES = 6;
export const MAX_CODES = 4;
export const MAX_NAMES = 3;
export const MAX_TYPES = 50;
export const MAX_TAKERS_OF_TYPE = 12;
/** Of all types together. */
export const MAX_TAKERS = 120;
export const MAX_INBOUND = 40;
export const MAX_ROUTERS_OF_TYPE = 5;
export const MAX_COMPONENTS = 40;
export const MAX_CHANGES = 60;
export const MAX_SOURCES = 100;
