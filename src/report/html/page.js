// What the page can do more where scripts run: nothing in it depends on this. Goes into the page as it stands.
(() => {
  const root = document.documentElement;
  const THEMES = ['system', 'dark', 'light'];

  // Pages that are opened from a disk may have no storage.
  const kept = () => {
    try {
      return localStorage.getItem('gitops-lint-theme');
    } catch {
      return null;
    }
  };
  let theme = THEMES.includes(kept()) ? kept() : 'system';
  const paint = () => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  paint();

  document.addEventListener('DOMContentLoaded', () => {
    startTheme();
    const filters = document.getElementById('filters');
    if (filters) startFilters(filters);
    addEventListener('hashchange', reveal);
    reveal();
    startPrinting();
  });

  function startTheme() {
    const button = document.getElementById('theme');
    const tell = () => {
      button.textContent = `Theme: ${theme}`;
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      paint();
      tell();
      try {
        localStorage.setItem('gitops-lint-theme', theme);
      } catch {
        // Then it holds for as long as the page is open.
      }
    });
    tell();
  }

  /** Opens what the address points into. */
  function reveal() {
    let element = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (!element) return;
    if (element.matches('.f')) element.querySelector('details').open = true;
    const target = element;
    for (; element; element = element.parentElement) if (element.matches('details')) element.open = true;
    target.scrollIntoView({ block: 'start' });
  }

  /** A person who prints wants to read what is folded away, too. */
  function startPrinting() {
    let closed = [];
    addEventListener('beforeprint', () => {
      closed = [...document.querySelectorAll('details:not([open])')];
      for (const one of closed) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of closed) one.open = false;
    });
  }

  function startFilters(form) {
    const items = [...document.querySelectorAll('.f')].map((element) => ({
      element,
      severity: element.dataset.severity,
      rule: element.dataset.rule,
      apps: element.dataset.apps.split('\n'),
      environments: element.dataset.environments.split('\n'),
      text: undefined,
    }));
    const groups = [...document.querySelectorAll('#findings .group, #findings .more')].map((element) => ({
      element,
      own: items.filter((item) => element.contains(item.element)),
      count: element.querySelector(':scope > summary .count'),
      isOpen: element.open,
    }));
    for (const group of groups) group.said = group.count?.textContent;
    const shown = document.getElementById('shown');
    const nothing = document.getElementById('nothing');
    const fold = document.getElementById('fold');
    const query = document.getElementById('q');
    const chosen = (name) => form.elements.namedItem(name)?.value ?? '';

    const textOf = (item) => {
      item.text ??= `${item.element.textContent} ${item.rule}`.toLowerCase();
      return item.text;
    };

    const apply = () => {
      const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value));
      const [environment, app, rule] = ['environment', 'app', 'rule'].map(chosen);
      const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
      const isNarrow = Boolean(environment || app || rule || words.length > 0);
      const matches = (item) =>
        severities.has(item.severity) &&
        (!environment || item.environments.includes(environment)) &&
        (!app || item.apps.includes(app)) &&
        (!rule || item.rule === rule) &&
        words.every((word) => textOf(item).includes(word));
      let count = 0;
      for (const item of items) {
        const isShown = matches(item);
        item.element.hidden = !isShown;
        if (isShown) count += 1;
      }
      for (const { element, own, count: label, said, isOpen } of groups) {
        const left = own.filter((item) => !item.element.hidden).length;
        element.hidden = left === 0;
        if (label) label.textContent = left === own.length ? said : `${left} of ${said}`;
        element.open = isNarrow ? left > 0 : isOpen;
      }
      shown.textContent = count === items.length ? `${count} ${count === 1 ? 'finding' : 'findings'}` : `${count} of ${items.length} findings`;
      nothing.hidden = count > 0;
    };

    let waiting;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 80);
    };
    const setFold = (isOpen) => {
      for (const { element } of groups) element.open = isOpen || groups.some((group) => group.element === element && group.isOpen);
      for (const { element } of items) if (!element.hidden) element.querySelector('details').open = isOpen;
      fold.textContent = isOpen ? 'Close all' : 'Open all';
    };

    form.hidden = false;
    query.addEventListener('input', soon);
    form.addEventListener('change', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(apply));
    fold.addEventListener('click', () => setFold(fold.textContent === 'Open all'));
    document.addEventListener('keydown', (event) => {
      if (event.target === query && event.key === 'Escape') {
        query.value = '';
        apply();
      }
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input[type=search], select, textarea')) return;
      event.preventDefault();
      query.focus();
      query.select();
    });
    // A cell of the matrix shows what it counts.
    document.addEventListener('click', (event) => {
      const link = event.target.closest('#health a[data-severity]');
      if (!link) return;
      event.preventDefault();
      form.reset();
      for (const box of form.querySelectorAll('[name=severity]')) box.checked = box.value === link.dataset.severity;
      for (const name of ['environment', 'app']) {
        const select = form.elements.namedItem(name);
        if (select && [...select.options].some((option) => option.value === link.dataset[name])) select.value = link.dataset[name];
      }
      // The reset comes first, and its own round after it.
      setTimeout(() => {
        apply();
        const heading = document.getElementById('findings-h');
        heading.focus({ preventScroll: true });
        heading.scrollIntoView({ block: 'start' });
      });
    });
    apply();
  }
})();
