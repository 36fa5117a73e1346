/**
 * Why a template, or a part of it, is not filled. Thrown by the step that notices and always caught in `fill.ts` or
 * `run.ts`: it never leaves this folder.
 */
export class TemplateError extends Error {
  /** The template may be right, but this reader does not follow it; else Go refuses it. */
  readonly isGap: boolean;

  constructor(message: string, isGap = false) {
    super(message);
    this.isGap = isGap;
  }
}

/** Something of Go templates that is not followed. */
export function notFollowed(what: string): TemplateError {
  return new TemplateError(`${what} is not followed`, true);
}
