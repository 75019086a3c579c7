#!/usr/bin/env node
import { Output } from './output.ts';
import { run } from './run.ts';

// Whoever reads our output may stop at any time (`| head`); that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

run(process.argv.slice(2), new Output(process.stdout, process.stderr)).then((status) => {
  process.exitCode = status;
});
