import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for a test, gone afterwards. */
export function scratch(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'shop-')));
  folders.push(folder);
  return folder;
}

/** Writes files below a folder; parents are made. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

const CONFIG = ['-c', 'user.name=shop', '-c', 'user.email=shop@example.org', '-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always'];

/** Runs git as if nobody had configured it. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', [...CONFIG, ...args], { cwd: folder, env: cleanEnvironment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The environment without what a hook, or the user's configuration, would add to it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: tmpdir(), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  for (const name of Object.keys(env)) if (name.startsWith('GIT_') && !name.startsWith('GIT_CONFIG_')) delete env[name];
  return env;
}

/** A repository with files in its first commit. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = scratch();
  git(folder, 'init', '-q');
  write(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'Open the shop');
  return folder;
}
