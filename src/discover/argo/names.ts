/** A name as Argo CD normalizes it: lower case, at most 253 characters, others than letters, digits, `-` and `.` become `-`. */
export function normalized(name: string): string {
  const safe = name.toLowerCase().replaceAll(/[^-a-z0-9.]/gu, '-');
  return safe.slice(0, 253).replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** A name as Argo CD's `slugify` makes it; a smart cut does not part words. */
export function slugified(name: string, size = 50, isSmart = true): string {
  const safe = normalized(name);
  const cut = !isSmart && safe.length >= size ? safe.slice(0, size) : safe;
  const slug = cut
    .replaceAll(/[^a-z0-9-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (!isSmart || size <= 0 || slug.length <= size) return slug;
  const last = slug.lastIndexOf('-', size);
  return slug.slice(0, last === -1 ? size : last);
}

/** The last step of a path, as Go's `path.Base` finds it. */
export function baseName(path: string): string {
  const steps = path.replace(/\/+$/, '');
  if (steps === '') return path === '' ? '.' : '/';
  return steps.slice(steps.lastIndexOf('/') + 1);
}
