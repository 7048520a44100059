'use strict';
/** What the page is about: conventions, models with layers and ledgers, points of plots. */
const data = (() => {
  const raw = JSON.parse(elements.byId('data').textContent);
  const text = (number) => (number < 0 ? null : raw.texts[number]);

  const layer = ([path, type, input, output, params, multiplies, adds, ...counts]) => ({
    path,
    type: text(type),
    input: text(input),
    output: text(output),
    numbers: [params, multiplies, adds, ...counts].map(numbers.of),
  });

  const cause = ([why, kind, calls, from, to]) => ({
    text: text(why), kind: text(kind), calls: numbers.of(calls), from: numbers.of(from), to: numbers.of(to),
  });

  const model = (m) => {
    const ledgers = new Map(m.ledgers.map(([a, b, causes]) => [`${a} ${b}`, causes]));
    return {
      name: m.name,
      input: m.input,
      notes: m.notes,
      params: numbers.of(m.params),
      totals: m.totals.map(numbers.of),
      layers: m.layers.map(layer),
      isExplained: (a, b) => ledgers.has(`${a} ${b}`) || ledgers.has(`${b} ${a}`),

      /** Why b counts other than a: causes, in the order of their weight. */
      ledger(a, b) {
        const forward = ledgers.get(`${a} ${b}`);
        const causes = (forward ?? ledgers.get(`${b} ${a}`) ?? []).map(cause);
        return forward ? causes : causes.map((c) => ({...c, from: c.to, to: c.from}));
      },
    };
  };

  /** The causes of a ledger that make a difference, whatever kind of layer they are at. */
  const differences = (ledger) => {
    const sums = new Map();
    for (const c of ledger.filter(({from, to}) => from !== to)) {
      sums.set(c.text, (sums.get(c.text) ?? 0n) + c.to - c.from);
    }
    return [...sums]
      .map(([why, amount]) => ({text: why, amount}))
      .filter(({amount}) => amount !== 0n)
      .sort((a, b) => numbers.compare(numbers.size(b.amount), numbers.size(a.amount)));
  };

  return {
    conventions: raw.conventions,
    models: raw.models.map(model),
    points: raw.points.map(([m, batch, height, width, ...counts]) => ({
      model: m, batch, height, width, counts: counts.map(numbers.of),
    })),
    from: raw.from,
    to: raw.to,
    differences,
  };
})();
