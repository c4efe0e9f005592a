// Draws the charts when they come near the screen, saves them as pictures, and leaves everything else to the pages, which work without it.
(() => {
  'use strict';
  const own = document.currentScript;

  // The charts' scripts are large and are fetched only when a chart is near.
  let loading;
  const load = () => {
    loading ??= own.dataset.charts.split(' ').reduce((before, address) => before.then(() => new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(new Error(address));
      document.head.append(script);
    })), Promise.resolve());
    return loading;
  };

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);
  const tipLines = (value) => (typeof value === 'object' ? Object.entries(value) : [[' ', value]]).map(([key, text]) => (key.trim() === '' ? `${text}` : `${key}: ${text}`));
  const showTip = (handler, event, item, value) => {
    tip.hidden = value === null || value === undefined || value === '';
    if (tip.hidden) return;
    tip.replaceChildren(...tipLines(value).map((text) => Object.assign(document.createElement('div'), { textContent: text })));
    if (typeof value !== 'object' || Object.keys(value)[0].trim() === '') tip.firstChild.className = 'tip-title';
    putTip(event.clientX, event.clientY);
  };
  const putTip = (x, y) => {
    tip.style.left = `${Math.max(4, Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, y + 14 + tip.offsetHeight > window.innerHeight ? y - tip.offsetHeight - 10 : y + 14)}px`;
  };

  // On a phone a long axis title takes several lines, broken after a comma and before a bracket.
  const breakTitles = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (typeof node.axis?.title === 'string') node.axis.title = node.axis.title.split(/(?<=,) | (?=\()/);
    Object.values(node).forEach(breakTitles);
  };

  // A chart's points one by one from the keyboard: in reading order, the pointer's text shown and said.
  const said = Object.assign(document.createElement('div'), { className: 'sr-only' });
  said.setAttribute('aria-live', 'polite');
  const keys = Object.assign(document.createElement('div'), { id: 'chart-keys', hidden: true, textContent: own.dataset.keys });
  document.body.append(said, keys);
  const mark = Object.assign(document.createElement('div'), { className: 'at-point' });
  mark.setAttribute('aria-hidden', 'true');

  // What can be pointed at, line by line: points of the same name are one line; on a map of tiles, rows are read as text.
  const linesOf = ({ view, chart }) => {
    const points = [];
    const visit = (item) => {
      if (item.items) item.items.forEach(visit);
      else if (item.tooltip && item._svg && !['line', 'area', 'trail', 'text'].includes(item.mark.marktype)) points.push(item);
    };
    visit(view.scenegraph().root);
    const discrete = { x: false, y: false };
    JSON.stringify(chart.spec, (key, value) => {
      if ((key === 'x' || key === 'y') && ['nominal', 'ordinal'].includes(value?.type)) discrete[key] = true;
      return value;
    });
    const at = (item) => [item.x + (item.width ?? 0) / 2, item.y + (item.height ?? 0) / 2].map(Math.round);
    const across = (a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1];
    const down = (a, b) => at(a)[1] - at(b)[1] || at(a)[0] - at(b)[0];
    points.sort(discrete.y ? down : across);
    const name = (item) => (discrete.y ? at(item)[1] : typeof item.tooltip === 'object' ? item.tooltip[' '] ?? '' : null);
    const lines = new Map();
    points.forEach((item) => lines.set(name(item), [...(lines.get(name(item)) ?? []), item]));
    return { lines: [...lines.values()], at };
  };
  const walks = new WeakMap();
  const walkable = (place) => {
    if (linesOf(views.get(place)).lines.length === 0) return;
    // Of a picture a screen reader would keep the arrow keys for itself.
    place.setAttribute('role', 'application');
    place.setAttribute('aria-describedby', 'chart-keys');
  };
  const leave = () => {
    tip.hidden = true;
    mark.remove();
  };
  const show = (place, item, text) => {
    item._svg.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const [box, frame] = [item._svg.getBoundingClientRect(), place.getBoundingClientRect()];
    Object.assign(mark.style, { left: `${box.left - frame.left - 4}px`, top: `${box.top - frame.top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` });
    place.append(mark);
    const point = mark.getBoundingClientRect();
    showTip(null, { clientX: point.right, clientY: point.bottom }, item, item.tooltip);
    said.textContent = text;
  };
  const step = (place, key) => {
    const { lines, at } = linesOf(views.get(place));
    const order = lines.flat();
    const now = order.indexOf(walks.get(place));
    const line = lines.findIndex((entry) => entry.includes(order[now]));
    const beside = (entry) => entry?.reduce((best, item) => (Math.abs(at(item)[0] - at(order[now])[0]) < Math.abs(at(best)[0] - at(order[now])[0]) ? item : best));
    const next = key === 'End' ? order.at(-1)
      : key === 'Home' || now < 0 ? order[0]
        : key === 'ArrowRight' ? order[now + 1]
          : key === 'ArrowLeft' ? order[now - 1]
            : beside(lines[line + (key === 'ArrowDown' ? 1 : -1)]);
    const item = next ?? order[now];
    walks.set(place, item);
    show(place, item, `${tipLines(item.tooltip).join(', ')} (${order.indexOf(item) + 1}/${order.length})`);
  };
  document.addEventListener('keydown', (event) => {
    const place = document.activeElement;
    if (!views.has(place) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') leave();
    if (place.getAttribute('role') !== 'application' || !/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    step(place, event.key);
  });
  document.addEventListener('scroll', () => {
    if (mark.isConnected) putTip(mark.getBoundingClientRect().right, mark.getBoundingClientRect().bottom);
  }, { passive: true, capture: true });
  document.addEventListener('focusout', (event) => { if (views.has(event.target)) leave(); });

  const views = new WeakMap();
  const drawings = new Map();
  const draw = (place) => {
    if (!drawings.has(place)) drawings.set(place, drawNow(place));
    return drawings.get(place);
  };
  const drawNow = async (place) => {
    place.dataset.state = 'drawing';
    const spoken = place.getAttribute('aria-label');
    try {
      const [chart] = await Promise.all([fetch(place.dataset.spec).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      }), load()]);
      const { spec } = chart;
      place.style.minHeight = `${place.offsetHeight}px`;
      // Decided once: a legend that changes its rows while the chart finds its width is cut off.
      const narrow = place.clientWidth < 520;
      if (spec.usermeta?.aspect) spec.height = Math.round(Math.min(720, place.clientWidth * spec.usermeta.aspect));
      if (place.clientWidth < 640) breakTitles(spec);
      spec.autosize = { type: 'fit-x', contains: 'padding' };
      const { view } = await window.vegaEmbed(place, spec, {
        actions: false, ast: true, renderer: 'svg', defaultStyle: false, config: { ...chart.theme, axisY: { labelLimit: narrow ? 130 : 330 }, legend: { ...chart.theme.legend, columns: narrow ? 1 : place.clientWidth < 640 ? 2 : 3 } },
        formatLocale: chart.numbers, timeFormatLocale: chart.times, tooltip: showTip, hover: false, logLevel: window.vega.Error,
      });
      // The text alternative stands on the place itself, where Vega has written its own.
      place.setAttribute('role', 'img');
      place.setAttribute('aria-label', spoken);
      place.removeAttribute('aria-roledescription');
      place.querySelector('svg').setAttribute('aria-hidden', 'true');
      views.set(place, { view, chart });
      walkable(place);
      place.dataset.state = 'drawn';
    } catch (error) {
      place.dataset.state = 'failed';
      const said = document.createElement('p');
      said.textContent = own.dataset.failed;
      place.replaceChildren(said);
      place.closest('figure').querySelector('.figures').open = true;
      console.error(`${place.dataset.spec}: ${error.message}`);
    }
  };

  // In a closed details element nothing has a size yet.
  const visible = (place) => !place.closest('details:not([open])');
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting && visible(entry.target)) {
        seen.unobserve(entry.target);
        draw(entry.target).then(drawNext);
      }
    }
  }, { rootMargin: '300px' });
  const places = [...document.querySelectorAll('.chart')];
  places.forEach((place) => seen.observe(place));

  // Once one chart is drawn, the rest follow in idle time: printing does not depend on having scrolled.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  let queued = false;
  const drawNext = () => {
    const next = places.find((place) => !place.dataset.state && visible(place));
    if (!next || queued) return;
    queued = true;
    idle(() => draw(next).then(() => {
      queued = false;
      drawNext();
    }));
  };
  document.addEventListener('toggle', () => places.forEach((place) => { if (!place.dataset.state && visible(place)) seen.observe(place); }), true);
  // A brief is printed soon after it is opened, and a print does not wait for what is drawn when it begins.
  places.filter((place) => place.closest('.brief')).forEach(draw);
  document.querySelector('[data-print]')?.addEventListener('click', async () => {
    await Promise.all(places.filter(visible).map(draw));
    window.print();
  });
  window.addEventListener('beforeprint', () => places.filter(visible).forEach(draw));

  // A picture carries its title and its source with it.
  const picture = async (place) => {
    await draw(place);
    const { view, chart } = views.get(place);
    const drawn = new DOMParser().parseFromString(await view.toSVG(), 'image/svg+xml').documentElement;
    const [width, height] = [Number(drawn.getAttribute('width')), Number(drawn.getAttribute('height'))];
    const lines = (text, size) => {
      const most = Math.max(20, Math.floor(width / (size * 0.52)));
      return text.split(' ').reduce((all, word) => (all.length && (all.at(-1) + word).length < most ? [...all.slice(0, -1), `${all.at(-1)} ${word}`] : [...all, word]), []);
    };
    const [title, source] = [lines(chart.title, 16), lines(chart.source, 11)];
    const [top, bottom] = [title.length * 21 + 12, source.length * 15 + 12];
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height: height + top + bottom, viewBox: `0 0 ${width} ${height + top + bottom}` })) svg.setAttribute(name, value);
    const add = (name, attributes, text) => {
      const node = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      if (text) node.textContent = text;
      svg.append(node);
    };
    add('rect', { width: '100%', height: '100%', fill: '#fff' });
    title.forEach((line, i) => add('text', { x: 6, y: 20 + 21 * i, 'font-family': 'sans-serif', 'font-size': 16, 'font-weight': 600 }, line));
    drawn.setAttribute('y', top);
    svg.append(drawn);
    source.forEach((line, i) => add('text', { x: 6, y: top + height + 16 + 15 * i, 'font-family': 'sans-serif', 'font-size': 11, fill: '#4b5563' }, line));
    return { text: new XMLSerializer().serializeToString(svg), width, height: height + top + bottom, name: chart.name };
  };
  const save = (blob, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  document.addEventListener('click', async (event) => {
    const form = event.target.closest?.('[data-save]')?.dataset.save;
    if (!form) return;
    const { text, width, height, name } = await picture(event.target.closest('figure').querySelector('.chart'));
    const svg = new Blob([text], { type: 'image/svg+xml' });
    if (form === 'svg') {
      save(svg, `${name}.svg`);
      return;
    }
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
    canvas.getContext('2d').drawImage(image, 0, 0, 2 * width, 2 * height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => save(blob, `${name}.png`));
  });

  // A choice is sent at once when it was made with a pointer or confirmed; the button remains for everyone else.
  for (const select of document.querySelectorAll('select[data-send]')) {
    let keys = false;
    select.addEventListener('keydown', (event) => { keys = event.key !== 'Enter'; });
    select.addEventListener('pointerdown', () => { keys = false; });
    select.addEventListener('change', () => { if (!keys) select.form.requestSubmit(); });
  }

  // A question to the API is asked here, and its answer is shown below the form; without script the form leads to the answer.
  const longestShown = 20_000;
  for (const form of document.querySelectorAll('form[data-ask]')) {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ''));
      const address = `${form.action}?${query}`;
      const place = document.getElementById(form.dataset.ask);
      const [link, remark, text] = [place.querySelector('a'), place.querySelector('span'), place.querySelector('pre')];
      link.href = link.textContent = address;
      remark.textContent = '';
      text.textContent = '';
      place.hidden = false;
      try {
        const answer = await fetch(address);
        const body = await answer.text();
        const pretty = answer.headers.get('Content-Type')?.includes('json') && body.length < 500_000 ? JSON.stringify(JSON.parse(body), null, 2) : body;
        remark.textContent = `${answer.status} ${answer.headers.get('Content-Type')}`;
        text.textContent = pretty.length > longestShown ? `${pretty.slice(0, longestShown)}\n...` : pretty;
      } catch (error) {
        remark.textContent = error.message;
      }
    });
  }
})();
