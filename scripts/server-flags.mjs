/**
 * How Node runs the app, wherever it is a process of its own; `npm start` names the same in package.json. The young
 * generation of 32 MB spares copies of what a batch needs only until it is judged.
 */
export const SERVER_FLAGS = ["--enable-source-maps", "--max-semi-space-size=32"];
