// Stands in for @vscode/spdlog, which needs a C++ compiler: without it log output channels stay empty. Plain
// appends, no rotation: these logs live as long as one run.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  #file;
  #level = 2;
  #bare = false;

  constructor(_type, _name, file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
  }

  #log(level, message) {
    if (level < this.#level) return;
    const stamp = this.#bare ? "" : `${new Date().toISOString().replace("T", " ").slice(0, -1)} [${levels[level]}] `;
    try {
      appendFileSync(this.#file, `${stamp}${message}${this.#bare ? "" : "\n"}`);
    } catch {
      // The run's folder may already be gone when the last lines come.
    }
  }

  trace(message) { this.#log(0, message); }
  debug(message) { this.#log(1, message); }
  info(message) { this.#log(2, message); }
  warn(message) { this.#log(3, message); }
  error(message) { this.#log(4, message); }
  critical(message) { this.#log(5, message); }
  setLevel(level) { this.#level = level; }
  getLevel() { return this.#level; }
  clearFormatters() { this.#bare = true; }
  setPattern() {}
  flush() {}
  drop() {}
}

const create = async (name, file) => new Logger("rotating", name, file);

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
