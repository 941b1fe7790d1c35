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
const mostThreads = 8;
const perBatch = 16;

/** What a thread is started with. */
interface Start {
  readonly isCheck: true;
  readonly task: Task;
  /** Not 0: no further file is to be begun. */
  readonly stopped: Int32Array;
}

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
    return new Worker(new URL(self), { workerData: start });
  });
  return {
    run: (jobs, onDone) =>
      threads === 0 ? runHere(jobs, task, stopped, onDone) : runIn(workers, jobs, stopped, onDone),
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
    onDone(await lookAt(job, task), job);
  }
}

async function runIn(
  workers: readonly Worker[],
  jobs: readonly Job[],
  stopped: Int32Array,
  onDone: (done: Done, job: Job) => void,
): Promise<void> {
  let next = 0;
  const feed = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let given: readonly Job[] = [];
      const give = () => {
        given = Atomics.load(stopped, 0) === 0 ? jobs.slice(next, next + perBatch) : [];
        next += given.length;
        if (given.length === 0) {
          worker.off("message", take);
          worker.off("error", reject);
          resolve();
        } else worker.postMessage({ jobs: given } satisfies Batch);
      };
      const take = (done: readonly Done[]) => {
        for (const [place, one] of done.entries()) {
          const job = given[place];
          if (job !== undefined) onDone(one, job);
        }
        give();
      };
      worker.on("message", take);
      worker.on("error", reject);
      give();
    });
  await Promise.all(workers.map(feed));
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

async function doAll(jobs: readonly Job[], task: Task, stopped: Int32Array): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (const job of jobs) {
    if (Atomics.load(stopped, 0) !== 0) break;
    done.push(await lookAt(job, task));
  }
  return done;
}
