'use strict';
/** From one convention to another, a bar a cause. */
const waterfall = {
  SHOWN: 12,

  /** The causes that have a bar; the smallest share one. */
  steps(causes) {
    if (causes.length <= waterfall.SHOWN) {
      return causes;
    }
    const rest = causes.slice(waterfall.SHOWN - 1);
    return [...causes.slice(0, waterfall.SHOWN - 1), {
      text: `${rest.length} smaller causes`,
      amount: rest.reduce((sum, c) => sum + c.amount, 0n),
    }];
  },

  show(model, a, b, zoomed) {
    const [from, to] = [model.totals[a], model.totals[b]];
    const name = (i) => elements.name(data.conventions[i].id);
    const ledger = model.ledger(a, b);
    const steps = waterfall.steps(data.differences(ledger));
    const end = (i, total) => ({
      lines: charts.label(`${name(i)}: ${numbers.short(total)}`),
      from: 0n, to: total, color: 'bar',
      exact: `${numbers.exact(total)} ${elements.name(data.conventions[i].quantity)}`,
    });
    const rows = [end(a, from)];
    let [at, least, most] = [from, from, from];
    for (const {text, amount} of steps) {
      rows.push({
        lines: charts.label(`${numbers.signed(amount)}: ${text}`),
        from: at, to: at + amount, color: amount < 0n ? 'less' : 'more', exact: numbers.signed(amount),
      });
      at += amount;
      least = at < least ? at : least;
      most = at > most ? at : most;
    }
    rows.push(end(b, to));
    const start = zoomed && most > least ? least - (most - least) / 5n : 0n;
    const words = `${name(a)} counts ${numbers.exact(from)}, ${name(b)} ${numbers.exact(to)}: ${
      from === to ? 'the same' : `${numbers.signed(to - from)}, in ${steps.length} ${steps.length === 1 ? 'cause' : 'causes'}`}.${
      start > 0n ? ' The axis does not begin at zero.' : ''}`;
    elements.byId('waterfall-words').textContent = words;
    charts.bars('waterfall-chart', `Waterfall. ${words}`, rows, start > 0n ? start : 0n);
    const calls = ledger.reduce((sum, c) => sum + c.calls, 0n);
    elements.table(elements.byId('waterfall-table'), `Why ${name(b)} counts other than ${name(a)} for ${model.name}`,
      ['cause', 'kind', 'calls', 'from', 'to', 'difference'],
      [...ledger.map((c) => [c.text, c.kind || null, c.calls, c.from, c.to, c.to - c.from]),
        ['total', null, calls, from, to, to - from]]);
  },

  /** Whether the difference is too small beside the totals to be seen. */
  wantsZoom(model, a, b) {
    const [from, to] = [model.totals[a], model.totals[b]];
    return numbers.size(to - from) * 5n < (from > to ? from : to);
  },
};
