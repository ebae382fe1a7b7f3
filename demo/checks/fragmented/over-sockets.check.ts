import { overSockets } from "../over-sockets";

overSockets("fragmented");
