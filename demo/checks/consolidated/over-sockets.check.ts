import { overSockets } from "../over-sockets";

overSockets("consolidated");
