import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The first browser of the Chromium family on the path; undefined where there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

type Params = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** A page in a headless browser, spoken to through a pipe. */
export interface Page {
  /** All that the page asked for, and all that it complained of. */
  readonly requests: string[];
  readonly complaints: string[];
  send(method: string, params?: Params): Promise<Params>;
  open(url: string): Promise<void>;
  /** The value of an expression, promises awaited. */
  ask<T>(expression: string): Promise<T>;
  /** Sets the size of the window, and what the system prefers. */
  look(width: number, scheme: 'light' | 'dark'): Promise<void>;
  /** Types one key. */
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPage(browser: string): Promise<Page> {
  const profile = mkdtempSync(path.join(tmpdir(), 'gitops-lint-browser-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
  ];
  const child = spawn(browser, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const talk = conversation(child);
  const { targetInfos } = (await talk.send('Target.getTargets')) as { targetInfos: { targetId: string; type: string }[] };
  const target = targetInfos.find(({ type }) => type === 'page')?.targetId ?? (await talk.send('Target.createTarget', { url: 'about:blank' }))['targetId'];
  const { sessionId } = (await talk.send('Target.attachToTarget', { targetId: target, flatten: true })) as { sessionId: string };
  const send = (method: string, params: Params = {}) => talk.send(method, params, sessionId);
  const requests: string[] = [];
  const complaints: string[] = [];
  talk.listen('Network.requestWillBeSent', ({ request }) => requests.push((request as { url: string }).url));
  talk.listen('Runtime.exceptionThrown', (params) => complaints.push(JSON.stringify(params)));
  talk.listen('Runtime.consoleAPICalled', (params) => complaints.push(JSON.stringify(params)));
  talk.listen('Log.entryAdded', (params) => complaints.push(JSON.stringify(params)));
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await send(`${domain}.enable`);
  return {
    requests,
    complaints,
    send,
    open: async (url) => {
      // To another part of the page that is open there is nothing to load.
      for (const next of ['about:blank', url]) {
        const loaded = new Promise<void>((resolve) => talk.listen('Page.loadEventFired', () => resolve()));
        await send('Page.navigate', { url: next });
        await loaded;
      }
    },
    ask: async <T>(expression: string): Promise<T> => {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
        result: { value: T };
        exceptionDetails?: unknown;
      };
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    },
    look: async (width, scheme) => {
      await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    },
    press: async (key) => {
      const text = key.length === 1 ? key : undefined;
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...(text && { text }), ...(key === 'Tab' && { windowsVirtualKeyCode: 9 }) });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await talk.send('Browser.close').catch(() => child.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Conversation {
  send(method: string, params?: Params, sessionId?: string): Promise<Params>;
  listen(method: string, heard: (params: Params) => void): void;
}

/** Messages of the browser's protocol, each ended by a zero byte. */
function conversation(child: ChildProcess): Conversation {
  const [out, into] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  child.once('exit', () => {
    for (const [id, answer] of waiting) answer({ id, error: { message: 'the browser went away' } });
  });
  const listeners: { readonly method: string; readonly heard: (params: Params) => void }[] = [];
  let last = 0;
  let rest = '';
  into.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      if (message.id !== undefined) {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
      } else for (const { method, heard } of listeners) if (method === message.method) heard(message.params ?? {});
    }
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {})));
        out.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
      }),
    listen: (method, heard) => {
      listeners.push({ method, heard });
    },
  };
}
