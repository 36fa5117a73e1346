/** Runs the built command line in a thread: one start for all runs of a file of tests. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';

const { port, done } = workerData;
const { runCommandLine } = await import(pathToFileURL(path.resolve('dist/run.js')).href);

port.on('message', async ({ words, folder, env }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  let out = '';
  let err = '';
  const terminal = {
    print: (text) => {
      out += text;
    },
    warn: (text) => {
      err += text;
    },
    folder,
    color: false,
    width: 120,
  };
  const code = await runCommandLine(words, terminal);
  port.postMessage({ code, out, err });
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
