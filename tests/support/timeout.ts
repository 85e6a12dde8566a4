/** Without an engine nothing takes long, but machines of CI are slow and do other things beside. */
jest.setTimeout(30_000);
