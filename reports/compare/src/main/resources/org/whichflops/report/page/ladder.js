'use strict';
/** One bar a convention, by size, and between two bars why the second is longer. */
const ladder = {
  /** Numbers of the conventions that count a model, the smallest total first. */
  order: (model) => model.totals
    .map((total, i) => i)
    .filter((i) => model.totals[i] !== null)
    .sort((a, b) => numbers.compare(model.totals[a], model.totals[b])),

  /** Why a step is made, in a few words. */
  why(model, a, b) {
    const causes = data.differences(model.ledger(a, b));
    if (causes.length === 0) {
      return 'counted alike everywhere';
    }
    const more = causes.length - 1;
    return causes[0].text + (more === 0 ? '' : ` and ${more} more ${more === 1 ? 'cause' : 'causes'}`);
  },

  show(model) {
    const order = ladder.order(model);
    const rows = [];
    const table = [];
    order.forEach((convention, at) => {
      const {id, quantity} = data.conventions[convention];
      const total = model.totals[convention];
      if (at > 0) {
        const before = order[at - 1];
        const step = total - model.totals[before];
        const why = ladder.why(model, before, convention);
        rows.push({
          lines: charts.label(`${numbers.signed(step)}: ${why}`),
          from: model.totals[before], to: total, color: 'step',
          exact: `${numbers.signed(step)} from ${data.conventions[before].id} to ${id}`,
        });
        table.push([`${data.conventions[before].id} to ${id}`, null, step, why]);
      }
      rows.push({
        lines: charts.label(`${id}: ${numbers.short(total)} ${quantity}`),
        from: 0n, to: total, color: 'bar', exact: `${numbers.exact(total)} ${elements.name(quantity)}`,
      });
      table.push([id, total, null, quantity]);
    });
    const label = `Bars of ${order.length} conventions for ${model.name}: ${order
      .map((i) => `${data.conventions[i].id} ${numbers.exact(model.totals[i])}`).join(', ')}.`;
    charts.bars('ladder-chart', label, rows, 0n);
    elements.table(elements.byId('ladder-table'), `Conventions of ${model.name}, and the steps between them`,
      ['convention or step', 'count', 'step', 'quantity or cause'], table);
  },
};
