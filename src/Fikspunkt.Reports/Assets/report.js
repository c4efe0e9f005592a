// Draws the charts from the data in the page, opens a municipality's section when it is chosen, and nothing else.
(() => {
  'use strict';
  const page = JSON.parse(document.getElementById('data').textContent);
  const tables = new Map();

  // Rows are stored with their column names written once.
  const rowsOf = (name) => {
    if (!tables.has(name)) {
      const { columns, rows } = page.data[name];
      tables.set(name, rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))));
    }
    return tables.get(name);
  };

  const dataNames = (spec) => {
    const names = new Set();
    JSON.stringify(spec, (key, value) => {
      if (key === 'data' && value && value.name) names.add(value.name);
      return value;
    });
    return [...names];
  };

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.appendChild(tip);
  const showTip = (handler, event, item, value) => {
    if (value === null || value === undefined || value === '') {
      tip.hidden = true;
      return;
    }
    tip.replaceChildren();
    for (const [key, text] of typeof value === 'object' ? Object.entries(value) : [[' ', value]]) {
      const line = document.createElement('div');
      if (key.trim() === '') {
        line.className = 'tip-title';
        line.textContent = text;
      } else {
        line.textContent = `${key}: ${text}`;
      }
      tip.appendChild(line);
    }
    tip.hidden = false;
    const { clientX: x, clientY: y } = event;
    tip.style.left = `${Math.max(4, Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, y + 14 + tip.offsetHeight > window.innerHeight ? y - tip.offsetHeight - 10 : y + 14)}px`;
  };

  // On a phone a long axis title takes several lines, broken after a comma and before a bracket.
  const breakTitles = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (typeof node.axis?.title === 'string') node.axis.title = node.axis.title.split(/(?<=,) | (?=\()/);
    Object.values(node).forEach(breakTitles);
  };

  const draw = async (place) => {
    if (place.dataset.state) return;
    place.dataset.state = 'drawing';
    const spoken = place.getAttribute('aria-label');
    const spec = structuredClone(page.charts[place.dataset.chart]);
    const [column, wanted] = place.dataset.where.split('=');
    const narrow = place.clientWidth < 520;
    if (spec.usermeta?.aspect) spec.height = Math.round(Math.min(720, place.clientWidth * spec.usermeta.aspect));
    if (narrow) breakTitles(spec);
    spec.autosize = { type: 'fit-x', contains: 'padding' };
    spec.datasets = {};
    for (const name of dataNames(spec)) {
      const rows = rowsOf(name);
      spec.datasets[name] = column && rows.length > 0 && column in rows[0] ? rows.filter((row) => row[column] === wanted) : rows;
    }
    try {
      await vegaEmbed(place, spec, {
        actions: false, ast: true, renderer: 'svg', defaultStyle: false, config: { ...page.theme, axisY: { labelLimit: narrow ? 130 : 330 } },
        formatLocale: page.numbers, timeFormatLocale: page.times, tooltip: showTip, hover: false, logLevel: vega.Error,
      });
      // The text alternative stands on the place itself, where Vega has written its own.
      place.setAttribute('role', 'img');
      place.setAttribute('aria-label', spoken);
      place.removeAttribute('aria-roledescription');
      place.querySelector('svg').setAttribute('aria-hidden', 'true');
      place.dataset.state = 'drawn';
    } catch (error) {
      place.dataset.state = 'failed';
      console.error(`${place.dataset.chart}: ${error.message}`);
    }
  };

  // In a closed details element nothing has a size yet.
  const visible = (place) => !place.closest('details:not([open])');
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting && visible(entry.target)) {
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    }
  }, { rootMargin: '600px' });
  const places = [...document.querySelectorAll('.chart')];
  places.forEach((place) => seen.observe(place));

  // What can be printed is drawn in idle time, so that printing does not depend on having scrolled.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  const drawNext = () => {
    const next = places.find((place) => !place.dataset.state && visible(place));
    if (next) draw(next).then(() => idle(drawNext));
  };
  idle(drawNext);
  document.addEventListener('toggle', () => idle(drawNext), true);
  window.addEventListener('beforeprint', () => places.filter(visible).forEach(draw));

  const open = (code) => {
    const section = document.querySelector(`details.kommune[data-area="${CSS.escape(code)}"]`);
    if (!section) return;
    section.open = true;
    section.scrollIntoView();
    section.querySelector('summary').focus({ preventScroll: true });
  };
  const followHash = () => {
    const match = /^#k(\d+)$/.exec(location.hash);
    if (match) open(match[1]);
  };
  window.addEventListener('hashchange', followHash);
  // A link to the section that is already in the address changes nothing there, yet the section may be closed.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="#k"]');
    if (link && link.hash === location.hash) followHash();
  });
  followHash();
  document.documentElement.classList.add('js');
  // A button opens the choice: choosing by keyboard passes over other municipalities on the way.
  document.getElementById('vis').addEventListener('click', () => {
    const code = document.getElementById('vaelg').value;
    if (!code) return;
    history.replaceState(null, '', `#k${code}`);
    open(code);
  });
})();
