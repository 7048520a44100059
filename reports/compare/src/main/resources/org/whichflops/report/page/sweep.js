'use strict';
/** Counts over resolution or batch, a line each model and convention chosen. */
const sweep = {
  COLORS: ['#4477aa', '#ee6677', '#228833', '#aa7711', '#7a68c8', '#0f9bb5', '#aa3377', '#808080'],
  MARKS: ['circle', 'rect', 'triangle', 'rectRot', 'cross', 'star'],

  size: (point) => (point.height === 0 ? 'no resolution' : point.height === point.width ? `${point.height}` : `${point.height}x${point.width}`),

  /** What is held fixed while the other runs. */
  fixed: (axis, point) => (axis === 'batch' ? sweep.size(point) : `${point.batch}`),

  at: (axis, point) => (axis === 'batch' ? point.batch : Math.sqrt(point.height * point.width)),

  /** The values that can be held fixed, those with most points first; a point alone is no line. */
  choices(axis) {
    const points = new Map();
    for (const point of data.points.filter((p) => axis === 'batch' || p.height > 0)) {
      const key = sweep.fixed(axis, point);
      points.set(key, (points.get(key) ?? 0) + 1);
    }
    const lines = [...points].filter(([, count]) => count > 1);
    return (lines.length > 0 ? lines : [...points]).sort((a, b) => b[1] - a[1]).map(([key]) => key);
  },

  show(axis, fixed, models, conventions) {
    const lines = [];
    for (const m of models) {
      const points = data.points
        .filter((p) => p.model === m && sweep.fixed(axis, p) === fixed && (axis === 'batch' || p.height > 0))
        .sort((p, q) => sweep.at(axis, p) - sweep.at(axis, q));
      for (const c of conventions) {
        const counted = points.filter((p) => p.counts[c] !== null && p.counts[c] > 0n);
        const name = [models.length > 1 || conventions.length === 1 ? data.models[m].name : '',
          conventions.length > 1 || models.length === 1 ? data.conventions[c].id : ''].filter(Boolean).join(', ');
        if (counted.length > 0) {
          lines.push({name: elements.name(name), points: counted, convention: c});
        }
      }
    }
    const label = (point) => (axis === 'batch' ? `batch ${point.batch}` : sweep.size(point));
    const ticks = [...new Set(lines.flatMap((l) => l.points.map((p) => sweep.at(axis, p))))].sort((a, b) => a - b);
    charts.draw('sweep-chart', `Lines of counts over ${axis}: ${lines.map((l) => l.name).join('; ')}.`, charts.narrow() ? 380 : 440, {
      type: 'line',
      data: {
        datasets: lines.map((line, i) => ({
          label: line.name,
          data: line.points.map((p) => ({x: sweep.at(axis, p), y: Number(p.counts[line.convention])})),
          borderColor: sweep.COLORS[i % sweep.COLORS.length],
          backgroundColor: sweep.COLORS[i % sweep.COLORS.length],
          pointStyle: sweep.MARKS[Math.floor(i / sweep.COLORS.length) % sweep.MARKS.length],
          borderDash: i % 2 === 1 ? [6, 3] : [],
          pointRadius: 4,
          clip: 8, // marks at the edge stay whole
        })),
      },
      options: {
        interaction: {mode: 'x', intersect: false},
        scales: {
          x: {
            type: 'logarithmic',
            min: ticks[0],
            max: ticks[ticks.length - 1],
            title: {display: true, text: axis === 'batch' ? 'batch' : 'side of the input in pixels (root of its area)'},
            afterBuildTicks: (scale) => { scale.ticks = ticks.map((value) => ({value})); },
            ticks: {callback: (value) => String(Math.round(value)), autoSkip: true},
          },
          y: {
            type: 'logarithmic',
            title: {display: conventions.length === 1, text: conventions.map((c) => `${elements.name(data.conventions[c].id)}: ${elements.name(data.conventions[c].quantity)}`)},
            ticks: {callback: (value) => numbers.tick(value), maxTicksLimit: 8},
          },
        },
        plugins: {
          legend: {position: 'bottom', labels: {usePointStyle: true}},
          tooltip: {
            itemSort: (a, b) => b.parsed.y - a.parsed.y,
            callbacks: {
              title: (items) => (items.length > 0 ? label(lines[items[0].datasetIndex].points[items[0].dataIndex]) : ''),
              label: ({datasetIndex, dataIndex}) => {
                const line = lines[datasetIndex];
                return `${line.name}: ${numbers.exact(line.points[dataIndex].counts[line.convention])}`;
              },
            },
          },
        },
      },
    });
    elements.table(elements.byId('sweep-table'), `Counts over ${axis}`,
      ['model', 'convention', 'batch', 'height', 'width', 'count'],
      lines.flatMap((line) => line.points.map((p) => [data.models[p.model].name, data.conventions[line.convention].id,
        BigInt(p.batch), BigInt(p.height), BigInt(p.width), p.counts[line.convention]])));
  },
};
