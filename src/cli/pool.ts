// Many files are looked at by several threads, a few by the one that is there.
import { availableParallelism } from "node:os";
import { type MessagePort, parentPort, Worker, workerData } from "node:worker_threads";
import { type Done, type Job, lookAt, type Task } from "./work.ts";

export interface Pool {
  /** Each is done once, in no order; after `stop` those are left out that were not begun. */
  run(jobs: readonly Job[], onDone: (done: Done, job: Job) => void): Promise<void>;
  /** What has begun is done to its end. */
  stop(): void;
  close(): Promise<void>;
}

/** With fewer files another thread would not have started before they are done. */
const few = 48;
/** More threads would take more memory than they save time. */
const mostThreads = 4;
const perBatch = 16;
/**
 * Of a thread, in megabytes. Without a limit V8 puts off collecting garbage until there is four times as much of it as
 * it holds, in each thread.
 */
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
/** In bytes: a larger file is for the main thread, which may take what the machine has. */
const mostInThread = 1_000_000;

/** What a thread is started with. */
interface Start {
  readonly isCheck: true;
  readonly task: Task;
  /** Not 0: no further file is to be begun. */
  readonly stopped: Int32Array;
}

/** In the order of a batch; `undefined`: the file is too large for a thread. */
type Answer = readonly (Done | undefined)[];

interface Batch {
  readonly jobs: readonly Job[];
}

/**
 * @param self the module that calls `workIfThread` when it is run
 * @param files how many there will be, at most
 */
export function createPool(self: string, task: Task, files: number): Pool {
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const threads = files < few ? 0 : Math.min(availableParallelism(), mostThreads, Math.ceil(files / perBatch));
  const workers = Array.from({ length: threads }, () => {
    const start: Start = { isCheck: true, task, stopped };
    return new Worker(new URL(self), { workerData: start, resourceLimits: memory });
  });
  return {
    run: async (jobs, onDone) => {
      const left = threads === 0 ? jobs : await runIn(workers, jobs, stopped, onDone);
      await runHere(left, task, stopped, onDone);
    },
    stop: () => void Atomics.store(stopped, 0, 1),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function runHere(
  jobs: readonly Job[],
  task: Task,
  stopped: Int32Array,
  onDone: (done: Done, job: Job) => void,
): Promise<void> {
  for (const job of jobs) {
    if (Atomics.load(stopped, 0) !== 0) return;
    const done = await lookAt(job, task);
    if (done !== undefined) onDone(done, job);
  }
}

/** @returns what is too large for a thread */
async function runIn(
  workers: readonly Worker[],
  jobs: readonly Job[],
  stopped: Int32Array,
  onDone: (done: Done, job: Job) => void,
): Promise<readonly Job[]> {
  const left: Job[] = [];
  let next = 0;
  const feed = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let given: readonly Job[] = [];
      const end = () => {
        worker.off("message", take);
        worker.off("error", fail);
        resolve();
      };
      const give = () => {
        given = Atomics.load(stopped, 0) === 0 ? jobs.slice(next, next + perBatch) : [];
        next += given.length;
        if (given.length === 0) end();
        else worker.postMessage({ jobs: given } satisfies Batch);
      };
      const take = (done: Answer) => {
        for (const [place, one] of done.entries()) {
          const job = given[place];
          if (job === undefined) continue;
          if (one === undefined) left.push(job);
          else onDone(one, job);
        }
        give();
      };
      const fail = (error: Error) => {
        // A file can need many times its size. What the thread had begun is done again, with more room.
        if (!("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) return reject(error);
        left.push(...given);
        end();
      };
      worker.on("message", take);
      worker.on("error", fail);
      give();
    });
  await Promise.all(workers.filter(({ threadId }) => threadId >= 0).map(feed));
  return [...left, ...jobs.slice(next)];
}

/** Does what a pool asks, where this is one of its threads. @returns whether it is */
export function workIfThread(): boolean {
  const start: unknown = workerData;
  if (parentPort === null || !isStart(start)) return false;
  work(parentPort, start);
  return true;
}

function isStart(data: unknown): data is Start {
  return typeof data === "object" && data !== null && "isCheck" in data && data.isCheck === true;
}

function work(port: MessagePort, { task, stopped }: Start): void {
  port.on("message", ({ jobs }: Batch) => {
    doAll(jobs, task, stopped).then(
      (done) => port.postMessage(done),
      // A bug of ours: it ends the run.
      (error: unknown) => {
        throw error;
      },
    );
  });
}

async function doAll(jobs: readonly Job[], task: Task, stopped: Int32Array): Promise<Answer> {
  const done: (Done | undefined)[] = [];
  for (const job of jobs) {
    if (Atomics.load(stopped, 0) !== 0) break;
    done.push(await lookAt(job, task, mostInThread));
  }
  return done;
}
