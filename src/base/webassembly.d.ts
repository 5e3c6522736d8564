/** The part of WebAssembly's API that we use; TypeScript has it only in its browser library. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  class Global {
    value: number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function instantiate(source: unknown, imports?: unknown): Promise<{ instance?: Instance } | Instance>;
}
