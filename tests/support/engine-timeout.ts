/** One `pulumi up` takes two seconds on two cores, a full lifecycle twenty. */
jest.setTimeout(120_000);
