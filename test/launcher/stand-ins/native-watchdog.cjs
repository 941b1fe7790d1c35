// Stands in for @vscode/native-watchdog, without which no extension host starts and which needs a C++ compiler.
// The real one ends an extension host that has lost its server; `tethered.ts` ends them together.
exports.start = () => {};
