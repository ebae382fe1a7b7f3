import { consolidated } from "../../layers/consolidated";
import { promises } from "../promises";

promises(consolidated);
