export interface Field {
  readonly name: string;
  readonly value: string;
  readonly monospace?: boolean;
}
