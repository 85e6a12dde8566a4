/** Which exports, imports or connections a look-up means; what is left out does not matter. */
export interface LookupArgs {
  /** Exact display name. */
  readonly name?: string | undefined;
  /** Id of the integration that they belong to. A token that is limited to some integrations needs it. */
  readonly integrationId?: string | undefined;
}

/** Which one a look-up means. */
export interface LookupOneArgs {
  /** Exact display name. Names are not unique in the service; here exactly one has to have it. */
  readonly name: string;
  /** Id of the integration that it belongs to. Absent: any. */
  readonly integrationId?: string | undefined;
}
