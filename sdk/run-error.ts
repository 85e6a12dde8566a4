import * as pulumi from "@pulumi/pulumi";

/**
 * A `RunError`, which the engine shows without a stack, and whose stack is its text. The engine formats the stack of every
 * error of a program, also of those whose stack it does not show, and Node 20 needs five to thirty seconds for one with frames
 * of Pulumi's own files in it (measured).
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = `RunError: ${message}`;
  return error;
}
