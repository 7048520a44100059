'use strict';
/** Counts: whole numbers of any size, as BigInt. */
const numbers = {
  /** A count from the data, which holds long ones as digits; null for none. */
  of: (value) => (value === null || value === undefined ? null : BigInt(value)),

  /** In full, with commas: 4,089,184,256. */
  exact: (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ','),

  /** The same with a sign. */
  signed: (count) => (count > 0n ? '+' : '') + numbers.exact(count),

  /** As people read it: 4.089 G; three digits after the point, halves away from zero. */
  short(count) {
    const size = count < 0n ? -count : count;
    for (const [unit, word] of [[10n ** 12n, 'T'], [10n ** 9n, 'G'], [10n ** 6n, 'M'], [1000n, 'K']]) {
      if (size >= unit) {
        const thousandths = (size * 2000n + unit) / (2n * unit);
        const digits = String(thousandths).padStart(4, '0');
        return `${count < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)} ${word}`;
      }
    }
    return String(count);
  },

  /** The same at an axis, whose numbers are round: 4 G, 0.5 G. */
  tick: (value) => numbers.short(BigInt(Math.round(value))).replace(/\.?0+(?= )/, ''),

  /** Which comes first; nothing comes before any number. */
  compare(a, b) {
    if (a === null || b === null) {
      return (a === null ? 0 : 1) - (b === null ? 0 : 1);
    }
    return a < b ? -1 : a > b ? 1 : 0;
  },

  /** A part of a whole, between 0 and 1. */
  share: (part, whole) => (whole > 0n && part > 0n ? Number((part * 10000n) / whole) / 10000 : 0),

  size: (count) => (count < 0n ? -count : count),
};
