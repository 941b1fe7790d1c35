/** How a verification meets its user: the editor's is one implementation, the tests' another. */
export interface VerifyUi {
  /** Resolves once it is there: nothing waits for the user to close it. */
  say(message: string, severity?: "error" | "warning" | "info"): Promise<void>;
  choose<Value>(question: VerifyQuestion<Value>): Promise<Value | undefined>;
  /** @param check why a text is refused; `undefined`: it is not */
  enter(question: {
    readonly title: string;
    readonly prompt: string;
    readonly value: string;
    readonly check: (text: string) => string | undefined;
  }): Promise<string | undefined>;
  /** @returns a file of text that the user chose; `undefined`: none, or it was said why it cannot be read */
  chooseFile(title: string): Promise<ChosenFile | undefined>;
  /** @param work its signal is aborted by the user */
  progress<Result>(
    title: string,
    work: (report: (message: string) => void, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** Shows a text that is only read; one of the same name takes its place. */
  show(name: string, text: string): Promise<void>;
}

export interface VerifyQuestion<Value> {
  readonly title: string;
  readonly placeholder: string;
  /** Of the choices, the first one is marked. */
  readonly items: readonly {
    readonly label: string;
    readonly description?: string;
    readonly detail?: string;
    readonly value: Value;
  }[];
}

export interface ChosenFile {
  readonly name: string;
  /** May be a private key: it is held no longer than it is used. */
  readonly text: string;
}
