import { fragmented } from "../../layers/fragmented";
import { promises } from "../promises";

promises(fragmented);
