import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of one test, on this machine. */
export interface TestServer {
  /** `127.0.0.1:40123`: a registry that images name. */
  readonly host: string;
  /** What it was asked, such as `HEAD /v2/shop/checkout/manifests/1.4.0`, with the `Authorization` behind it where there was one. */
  readonly asked: readonly string[];
  readonly headers: readonly IncomingMessage['headers'][];
}

/** Answers each request by a function; gone after the test. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<TestServer> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push([request.method, request.url, request.headers.authorization ?? []].flat().join(' '));
      headers.push(request.headers);
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, headers };
}

/** Where nobody listens, though somebody did. */
export async function closedHost(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

export const MANIFEST = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', layers: [] });
export const DIGEST = digestOf(MANIFEST);

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Gives the manifest, as a registry does. */
export function giveManifest(response: ServerResponse, headers: Readonly<Record<string, string>> = { 'docker-content-digest': DIGEST }): void {
  response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', ...headers }).end(MANIFEST);
}

export function refuse(response: ServerResponse, challenge: string): void {
  response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[]}');
}
