/** What `pulumi stack export` prints, as far as tests look at it. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly ExportedResource[] | undefined;
  };
}

/** One resource of an {@link ExportedState}. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  readonly initErrors?: readonly string[] | undefined;
}

/** The dynamic resources of a state, in the order in which they stand there. */
export function dynamicResources(state: ExportedState): readonly ExportedResource[] {
  const resources = state.deployment.resources ?? [];
  return resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
}
