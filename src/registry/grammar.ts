// As the distribution project has it (reference.go): anchored, linear.
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = new RegExp(`^(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const STEP = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${STEP}(?:/${STEP})*$`);
const TAG = /^\w[\w.-]{0,127}$/;

/** Whether a text is a host, with or without a port, and nothing else. */
export function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`https://${text}`);
}

/** Whether a text names a repository of a registry, and cannot be another part of an address. */
export function isRepository(text: string): boolean {
  return REPOSITORY.test(text);
}

/** Whether a text is a tag, and cannot be another part of an address. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}
