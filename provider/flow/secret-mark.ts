/** Key by which the engine knows a secret, in what a provider returns as in states and events; its value is {@link SECRET}. */
export const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** What stands under {@link SECRET_KEY} where a value is a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
