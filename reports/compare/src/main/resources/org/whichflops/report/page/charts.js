'use strict';
/** What all charts share. They are drawn by Chart.js. */
const charts = (() => {
  const MOST_LINES = 4;
  const drawn = new Map();
  let printing = false;

  const color = (name) =>
    (printing ? {ink: '#000', muted: '#333', line: '#bbb', bar: '#2b5c9e', step: '#c77700', more: '#b3261e', less: '#1d6b45'}[name] : null)
    ?? getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  /** Breaks a text into lines of about a width. */
  const lines = (text, width) => {
    const broken = [''];
    for (const word of text.split(' ')) {
      for (let rest = word; ;) {
        const last = broken.length - 1;
        if (broken[last] !== '' && broken[last].length + 1 + rest.length > width) {
          broken.push('');
          continue;
        }
        broken[last] += (broken[last] === '' ? '' : ' ') + rest.slice(0, width);
        rest = rest.slice(width);
        if (rest === '') {
          break;
        }
      }
    }
    return broken;
  };

  /** The same in as many lines as a label has room for. */
  const label = (text) => {
    const all = lines(elements.name(text), narrow() ? 24 : 52);
    return all.length <= MOST_LINES ? all : [...all.slice(0, MOST_LINES - 1), `${all[MOST_LINES - 1]} \u2026`];
  };

  const narrow = () => matchMedia('(max-width: 40rem)').matches;

  /** Draws a chart in the place of the one that was there. */
  const draw = (id, label, height, config) => {
    const canvas = elements.byId(id);
    drawn.get(id)?.destroy();
    canvas.parentElement.style.height = `${height}px`;
    canvas.setAttribute('aria-label', elements.name(label));
    Chart.defaults.color = color('ink');
    Chart.defaults.borderColor = color('line');
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    drawn.set(id, new Chart(canvas, {
      ...config,
      options: {animation: false, responsive: true, maintainAspectRatio: false, ...config.options},
    }));
  };

  /** Horizontal bars: rows of {lines, from, to, color, exact}, where from and to are counts. */
  const bars = (id, label, rows, least) => {
    const size = narrow() ? 11 : 12;
    // Every row is as high as the highest, so a label never lies on the next.
    const height = 60 + rows.length * (9 + size * 1.25 * Math.max(2, ...rows.map((row) => row.lines.length)));
    draw(id, label, height, {
      type: 'bar',
      data: {
        labels: rows.map((row) => row.lines),
        datasets: [{
          data: rows.map((row) => [Number(row.from), Number(row.to)]),
          backgroundColor: rows.map((row) => color(row.color)),
          minBarLength: 2,
          barPercentage: 0.7,
          categoryPercentage: 1,
        }],
      },
      options: {
        indexAxis: 'y',
        scales: {
          x: {min: Number(least), ticks: {callback: (value) => numbers.tick(value), maxTicksLimit: narrow() ? 4 : 8}},
          y: {ticks: {autoSkip: false, font: {size}}, grid: {display: false}},
        },
        plugins: {
          legend: {display: false},
          tooltip: {callbacks: {title: () => '', label: ({dataIndex}) => rows[dataIndex].exact}},
        },
      },
    });
  };

  const redraws = [];
  const redraw = () => redraws.forEach((again) => again());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  matchMedia('(max-width: 40rem)').addEventListener('change', redraw);
  addEventListener('beforeprint', () => { printing = true; redraw(); });
  addEventListener('afterprint', () => { printing = false; redraw(); });

  return {label, narrow, draw, bars, onChange: (again) => redraws.push(again)};
})();
