#!/usr/bin/env node
import { runCommandLine } from "./program";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(); // the reader has gone, as in `pulumi-celigo … | head`
});

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
