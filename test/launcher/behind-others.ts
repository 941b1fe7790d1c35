// Loaded first by a process that may wait (--import), and what it starts: what others of this run wait for goes first.
import { constants, setPriority } from "node:os";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
