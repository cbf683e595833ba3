import Qty from 'js-quantities/esm';
import type { Unit } from './quantity.js';

/**
 * The unit that a word (or words: `working days`, `% w/w`) stands for, or undefined. UCUM codes and the
 * everyday spellings; compounds such as `ng/mL`, `CFU/100 mL` or `L/m2/h` are made of their parts.
 */
export function lookupUnit(word: string): Unit | undefined {
  const known = found.get(word);
  if (known !== undefined) return known ?? undefined;
  const unit = compose(word.replaceAll('\u03bc', '\u00b5'));
  // What is looked up comes from files, so the memory of misses is bounded.
  if (found.size > 20_000) found.clear();
  found.set(word, unit);
  return unit ?? undefined;
}

/** Every plain spelling, sorted: what an unknown unit is compared with, and what completion offers. */
export function unitSpellings(): readonly string[] {
  return (spellings ??= [...atoms().keys()].sort());
}

/** True for a word that only begins a unit of two words (`working`, `lux`, `CFU/100`). */
export function beginsUnit(word: string): boolean {
  return TWO_WORD_STARTS.has(word) || /\/[0-9]+$/.test(word);
}

type Powers = Readonly<Record<string, number>>;

interface Atom {
  readonly code: string;
  readonly powers: Powers;
  /** Its size in the coherent unit of its dimension. */
  readonly factor: () => number;
  readonly offset: number;
}

const found = new Map<string, Unit | null>();
let spellings: readonly string[] | undefined;
let table: Map<string, Atom> | undefined;

const TWO_WORD_STARTS = new Set(['working', 'business', 'calendar', 'lux', 'lx', 'klx', '%', 'W']);

/** Number of seconds in a month of the Julian year, so that twelve months are one year. */
const MONTH = (365.25 / 12) * 86_400;

const MASS: Powers = { mass: 1 };
const VOLUME: Powers = { length: 3 };
const LENGTH: Powers = { length: 1 };
const TIME: Powers = { time: 1 };
const RATE: Powers = { time: -1 };
const PRESSURE: Powers = { mass: 1, length: -1, time: -2 };
const ENERGY: Powers = { mass: 1, length: 2, time: -2 };
const POWER: Powers = { mass: 1, length: 2, time: -3 };

/** Physical units whose size js-quantities knows: code, its expression there, powers, prefixes, other spellings. */
const PHYSICAL: readonly (readonly [string, string, Powers, string, ...string[]])[] = [
  ['g', 'g', MASS, 'kmµnp', 'gram', 'grams'],
  ['kg', 'kg', MASS, '', 'kilogram', 'kilograms', 'kilo', 'kilos'],
  ['mg', 'mg', MASS, '', 'milligram', 'milligrams'],
  ['µg', 'ug', MASS, '', 'mcg', 'microgram', 'micrograms'],
  ['t', 'tonne', MASS, '', 'tonne', 'tonnes'],
  ['lb', 'lb', MASS, '', 'lbs', '[lb_av]'],
  ['oz', 'oz', MASS, ''],
  ['Da', 'Da', MASS, 'kM'],
  ['L', 'L', VOLUME, 'khcdmµnp', 'litre', 'litres', 'liter', 'liters'],
  ['mL', 'mL', VOLUME, '', 'millilitre', 'millilitres', 'milliliter', 'milliliters'],
  ['gal', 'gal', VOLUME, '', 'gallon', 'gallons'],
  ['m', 'm', LENGTH, 'kcdmµnp', 'metre', 'metres', 'meter', 'meters'],
  ['inch', 'in', LENGTH, '', 'inches'],
  ['ft', 'ft', LENGTH, '', 'feet'],
  ['s', 's', TIME, 'mµn', 'sec', 'second', 'seconds'],
  ['min', 'min', TIME, '', 'minute', 'minutes'],
  ['h', 'h', TIME, '', 'hr', 'hrs', 'hour', 'hours'],
  ['days', 'day', TIME, '', 'd', 'day', 'calendar days', 'calendar day'],
  ['weeks', 'week', TIME, '', 'wk', 'wks', 'week'],
  ['rpm', '1/min', RATE, ''],
  ['Hz', 'Hz', RATE, 'kM'],
  ['mol', 'mol', { amount: 1 }, 'kmµnp', 'mole', 'moles'],
  ['M', 'M', { amount: 1, length: -3 }, 'mµnp'],
  ['Pa', 'Pa', PRESSURE, 'khMm'],
  ['bar', 'bar', PRESSURE, 'm', 'bars'],
  ['psi', 'psi', PRESSURE, '', 'psig'],
  ['atm', 'atm', PRESSURE, ''],
  ['mmHg', 'mmHg', PRESSURE, ''],
  ['J', 'J', ENERGY, 'kMm'],
  ['kcal', 'kcal', ENERGY, ''],
  ['kWh', 'kWh', ENERGY, ''],
  ['eV', 'eV', ENERGY, 'kM'],
  ['W', 'W', POWER, 'kMm', 'watt', 'watts'],
  ['N', 'N', { mass: 1, length: 1, time: -2 }, 'km'],
  ['V', 'V', { mass: 1, length: 2, time: -3, current: -1 }, 'km'],
  ['A', 'A', { current: 1 }, 'mµ'],
  ['S', 'S', { current: 2, time: 3, mass: -1, length: -2 }, 'mµ'],
  ['cP', 'cP', { mass: 1, length: -1, time: -1 }, ''],
  ['cSt', 'cSt', { length: 2, time: -1 }, ''],
];

/** What the library doesn't know, or sizes otherwise than this field: code, powers, size, other spellings. */
const OWN: readonly (readonly [string, Powers, number, ...string[]])[] = [
  ['months', TIME, MONTH, 'mo', 'month'],
  ['years', TIME, MONTH * 12, 'a', 'yr', 'yrs', 'year'],
  ['%', {}, 0.01, 'percent', 'pct', '% w/w', '% m/m', '%w/w', '% wt'],
  ['ppm', {}, 1e-6],
  ['ppb', {}, 1e-9],
  ['% w/v', { mass: 1, length: -3 }, 10, '%w/v'],
  ['ha', { length: 2 }, 10_000],
  ['lx', { illuminance: 1 }, 1, 'lux'],
  ['klx', { illuminance: 1 }, 1_000],
  ['lux h', { illuminance: 1, time: 1 }, 3_600, 'lx h', 'lux hours'],
  ['klx h', { illuminance: 1, time: 1 }, 3_600_000],
  ['W h', ENERGY, 3_600, 'Wh'],
  ['LMH', { length: 1, time: -1 }, 0.001 / 3_600],
  ['°', { angle: 1 }, 1, 'deg', 'degrees'],
];

/** Units of an own dimension each, that take prefixes: radiation is kept apart from activity and from rates. */
const RADIATION: readonly (readonly [string, string, string, number])[] = [
  ['Gy', 'absorbed dose', 'kmc', 1],
  ['Sv', 'equivalent dose', 'mµ', 1],
  ['Bq', 'activity', 'kMGT', 1],
  ['Ci', 'activity', 'mµn', 3.7e10],
  ['Osm', 'osmolarity', 'm', 1],
  ['OD', 'optical density', 'm', 1],
];

/**
 * Counted things and biological units, each a dimension of its own. The first spelling is what is printed,
 * the others mean the same.
 */
const COUNTED: readonly (readonly string[])[] = [
  ['tablets', 'tablet', 'tab', 'tabs'],
  ['capsules', 'capsule', 'caps'],
  ['vials', 'vial'],
  ['syringes', 'syringe'],
  ['doses', 'dose'],
  ['units', 'unit'],
  ['bags', 'bag'],
  ['ampoules', 'ampoule', 'ampule', 'ampules'],
  ['cartridges', 'cartridge'],
  ['pens', 'pen'],
  ['bottles', 'bottle'],
  ['batches', 'batch'],
  ['lots', 'lot'],
  ['blisters', 'blister'],
  ['sachets', 'sachet'],
  ['patches', 'patch'],
  ['inhalers', 'inhaler'],
  ['actuations', 'actuation'],
  ['suppositories', 'suppository'],
  ['packs', 'pack'],
  ['cartons', 'carton'],
  ['boxes', 'box'],
  ['drums', 'drum'],
  ['pallets', 'pallet'],
  ['containers', 'container'],
  ['kits', 'kit'],
  ['devices', 'device'],
  ['filters', 'filter'],
  ['columns', 'column'],
  ['cycles', 'cycle'],
  ['runs', 'run'],
  ['uses', 'use'],
  ['passages', 'passage'],
  ['generations', 'generation'],
  ['plates', 'plate'],
  ['samples', 'sample'],
  ['patients', 'patient'],
  ['animals', 'animal'],
  ['donors', 'donor'],
  ['people', 'person', 'persons'],
  ['particles', 'particle'],
  ['cells', 'cell'],
  ['copies', 'copy'],
  ['vg'],
  ['vp'],
  ['CFU', 'cfu'],
  ['PFU', 'pfu'],
  ['TU'],
  ['TCID50'],
  ['CCID50'],
  ['EU'],
  ['IU', '[IU]', '[iU]', 'MIU', 'kIU'],
  ['U', 'kU'],
  ['NTU'],
  ['FNU'],
  ['pH'],
  ['log10', 'log', 'logs'],
  ['equivalents', 'equivalent', 'eq', 'equiv'],
];

const PREFIXES: Readonly<Record<string, number>> = {
  G: 1e9,
  M: 1e6,
  T: 1e12,
  c: 0.01,
  d: 0.1,
  h: 100,
  k: 1000,
  m: 0.001,
  n: 1e-9,
  p: 1e-12,
  µ: 1e-6,
};

function atoms(): Map<string, Atom> {
  if (table) return table;
  const map = new Map<string, Atom>();
  const put = (spelling: string, atom: Atom): void => {
    map.set(spelling, atom);
    if (spelling.startsWith('µ')) map.set(`u${spelling.slice(1)}`, atom);
  };
  for (const [code, expression, powers, prefixes, ...others] of PHYSICAL) {
    const atom: Atom = { code, powers, factor: sizeFromLibrary(expression), offset: 0 };
    for (const spelling of [code, ...others]) put(spelling, atom);
    for (const prefix of prefixes) {
      const prefixed = `${prefix}${code}`;
      const size = PREFIXES[prefix]!;
      put(prefixed, { ...atom, code: prefixed, factor: () => atom.factor() * size });
    }
  }
  for (const [code, powers, size, ...others] of OWN) {
    for (const spelling of [code, ...others]) put(spelling, { code, powers, factor: () => size, offset: 0 });
  }
  for (const [code, dimension, prefixes, size] of RADIATION) {
    for (const prefix of ['', ...prefixes]) {
      const factor = size * (PREFIXES[prefix] ?? 1);
      const spelling = `${prefix}${code}`;
      put(spelling, { code: spelling, powers: { [dimension]: 1 }, factor: () => factor, offset: 0 });
    }
  }
  for (const [code, ...others] of COUNTED) {
    const powers = { [`count:${code}`]: 1 };
    for (const spelling of [code!, ...others]) {
      const thousand = spelling === 'kIU' || spelling === 'kU';
      const factor = spelling === 'MIU' ? 1e6 : thousand ? 1_000 : 1;
      const printed = factor === 1 ? code! : spelling;
      put(spelling, { code: printed, powers, factor: () => factor, offset: 0 });
    }
  }
  // Litres are written with a small l as well; a small l alone is UCUM's too.
  for (const spelling of ['L', 'mL', 'µL', 'nL', 'pL', 'dL', 'cL', 'hL', 'kL', 'uL'] as const) {
    const atom = map.get(spelling);
    if (atom) put(spelling.replace('L', 'l'), atom);
  }
  const temperature: Powers = { temperature: 1 };
  for (const spelling of ['°C', 'Cel', 'degC', '℃', 'celsius'])
    put(spelling, { code: '°C', powers: temperature, factor: () => 1, offset: 273.15 });
  for (const spelling of ['°F', '[degF]', 'degF', '℉'])
    put(spelling, {
      code: '°F',
      powers: temperature,
      factor: () => 5 / 9,
      offset: 273.15 - 160 / 9,
    });
  for (const spelling of ['K', 'kelvin'])
    put(spelling, { code: 'K', powers: temperature, factor: () => 1, offset: 0 });
  for (const spelling of ['working days', 'working day', 'business days', 'business day'])
    put(spelling, {
      code: 'working days',
      powers: { 'working days': 1 },
      factor: () => 1,
      offset: 0,
    });
  for (const spelling of ['% v/v', '%v/v'])
    put(spelling, { code: '% v/v', powers: { 'fraction by volume': 1 }, factor: () => 0.01, offset: 0 });
  for (const spelling of ['% RH', '%RH'])
    put(spelling, { code: '% RH', powers: { 'relative humidity': 1 }, factor: () => 0.01, offset: 0 });
  table = map;
  return map;
}

/** Asked of the library at first use only: it takes a while to parse an expression. */
function sizeFromLibrary(expression: string): () => number {
  let size: number | undefined;
  return () => (size ??= Qty(`1 ${expression}`).baseScalar);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** One factor of a compound: an optional number, a unit, an optional whole power (`100mL`, `m2`, `min-1`). */
const PART = /^([0-9]+)? ?(.*?[^0-9^-])(\^?(-?[0-9]))?$/u;

function compose(word: string): Unit | null {
  const whole = atoms().get(word);
  if (whole) return unitOf(whole.code, whole.powers, whole.factor(), whole.offset);
  if (word.length > 40) return null;
  const plain = word
    .replace(/⁻/g, '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
  const powers: Record<string, number> = {};
  let factor = 1;
  let sign = 1;
  for (const side of plain.split('/')) {
    for (const part of side.split('.')) {
      const match = PART.exec(part);
      const atom = match && atoms().get(match[2]!.trim());
      if (!match || !atom) return null;
      const power = sign * Number(match[4] ?? 1);
      if (power === 0) return null;
      if (match[1]) factor *= Number(match[1]) ** sign;
      factor *= atom.factor() ** power;
      for (const [name, own] of Object.entries(atom.powers)) powers[name] = (powers[name] ?? 0) + own * power;
    }
    sign = -1;
  }
  return unitOf(word, powers, factor, 0);
}

function unitOf(code: string, powers: Powers, factor: number, offset: number): Unit {
  return { code, dimension: dimensionOf(powers), factor, offset };
}

/** Dimensions with a name of their own; any other is spelt from its parts. */
const NAMED: readonly (readonly [string, Powers])[] = [
  ['fraction', {}],
  ['mass', MASS],
  ['volume', VOLUME],
  ['area', { length: 2 }],
  ['mass concentration', { mass: 1, length: -3 }],
  ['amount concentration', { amount: 1, length: -3 }],
  ['pressure', PRESSURE],
  ['energy', ENERGY],
  ['power', POWER],
  ['rate', RATE],
  ['flow', { length: 3, time: -1 }],
  ['mass flow', { mass: 1, time: -1 }],
  ['speed', { length: 1, time: -1 }],
  ['molar mass', { mass: 1, amount: -1 }],
  ['force', { mass: 1, length: 1, time: -2 }],
  ['voltage', { mass: 1, length: 2, time: -3, current: -1 }],
  ['conductivity', { current: 2, time: 3, mass: -1, length: -3 }],
  ['viscosity', { mass: 1, length: -1, time: -1 }],
];

const namedByKey = new Map(NAMED.map(([name, powers]) => [keyOf(powers), name]));

function dimensionOf(powers: Powers): string {
  const key = keyOf(powers);
  return namedByKey.get(key) ?? key;
}

function keyOf(powers: Powers): string {
  const over: string[] = [];
  const under: string[] = [];
  for (const name of Object.keys(powers).sort()) {
    const power = powers[name]!;
    const size = Math.abs(power);
    if (size !== 0) (power > 0 ? over : under).push(size === 1 ? name : `${name}^${size}`);
  }
  return [over.length > 0 || under.length === 0 ? over.join('·') : '1', ...under].join('/');
}
