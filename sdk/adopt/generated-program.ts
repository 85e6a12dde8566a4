/** A file of a generated program. */
export interface GeneratedFile {
  /** Path below the program's folder, with forward slashes. */
  readonly path: string;
  /** The whole text. */
  readonly text: string;
}

/** How to turn a plan into a program. */
export interface GenerateProgramOptions {
  /** Files that an earlier run wrote: the names in them are kept, whatever comes or goes. @defaultValue none */
  readonly earlier?: readonly GeneratedFile[] | undefined;
  /** Whether `diagram.md` comes along, a Mermaid picture of exports, flows, imports and chains. @defaultValue `false` */
  readonly diagram?: boolean | undefined;
}

/** A flow as the program has it. */
export interface GeneratedFlow {
  /** Its id in the service. */
  readonly id: string;
  /** Its display name; absent where it has none. */
  readonly name: string | undefined;
  /** Its name in the stack. */
  readonly resourceName: string;
  /** The file in which it stands. */
  readonly file: string;
}

/** A secret that the program asks for. */
export interface GeneratedSecret {
  /** Config key: `pulumi config set --secret <key>`. */
  readonly key: string;
  /** The flow that needs it. */
  readonly flowId: string;
  /** Where in the flow it stands. */
  readonly path: string;
}

/** A Pulumi program for flows that exist. */
export interface GeneratedProgram {
  /** Its files; the first is the one that Pulumi runs. */
  readonly files: readonly GeneratedFile[];
  /** Its flows, by resource name. */
  readonly flows: readonly GeneratedFlow[];
  /** Secrets to set before the program runs. */
  readonly secrets: readonly GeneratedSecret[];
}
