/** Change records about a made-up network, of the kinds and in the states that a real archive has. */
import type { ProductSample, StepSample } from './network.js';
import { grounds, sentences } from './prose.js';
import type { Random } from './random.js';

/** 40 % closed, 10 % turned down, 50 % live: most of an archive is history. */
export const STATUS_MIX = [
  ['closed', 40],
  ['rejected', 5],
  ['cancelled', 5],
  ['draft', 12],
  ['assessing', 18],
  ['approved', 10],
  ['implementing', 5],
  ['verifying', 5],
] as const;

type Status = (typeof STATUS_MIX)[number][0];

/** How likely each answer that the record needs is there already. */
const ANSWERED: Record<Status, number> = {
  closed: 1,
  rejected: 0.3,
  cancelled: 0.3,
  draft: 0.1,
  assessing: 0.5,
  approved: 0.85,
  implementing: 0.95,
  verifying: 0.95,
};

/** What is proposed, and the answers that such a change usually takes. */
interface Proposal {
  readonly title: string;
  readonly edits: readonly string[];
  readonly answers: readonly string[];
  readonly us: string;
  readonly eu: string;
}

/** The text of one change record, about 1 KB of it. */
export function recordOf(id: string, products: readonly ProductSample[], random: Random): string {
  const product = random.pick(products);
  const status = random.weighted(STATUS_MIX);
  const isLive = status !== 'closed' && status !== 'rejected' && status !== 'cancelled';
  const plan = new Plan(product, random, isLive ? 2027 : 2024);
  const proposal = plan.proposal();
  const raisedYear = isLive ? 2026 : 2023;
  const keep = (line: string): boolean => line !== '' && random.chance(ANSWERED[status]);
  const dossier = random.between(1, 99);
  const filings = [
    [product.filings.us, proposal.us],
    [product.filings.eu, proposal.eu],
  ].flatMap(([filing, category]) => [
    `file ${filing} as ${category} on ${plan.day(2)} in SUB-${plan.year}-${dossier}`,
    status === 'closed' ? `approval ${filing} on ${plan.day(5)} evidence "approval letter"` : '',
    status === 'closed' ? `implement ${filing} on ${plan.day(9)} from "batch ${dossier}K014"` : '',
  ]);
  const answers = [...proposal.answers, ...filings].filter(keep);
  return [
    `change ${id} "${proposal.title}" {`,
    `  status: ${status}`,
    `  raised: ${raisedYear}-${two(random.between(1, 9))}-${two(random.between(1, 28))}`,
    ...(status === 'draft' || status === 'assessing' ? [] : [`  implement: ${plan.day(9)}`]),
    `  owner: "${random.pick(['Regulatory CMC', 'Site quality', 'Process development', 'Supply chain'])}"`,
    ...(random.chance(0.3) ? [`  origin: CAPA-${raisedYear}-${two(random.between(1, 99))}`] : []),
    '  reason: """',
    ...sentences(random.between(3, 6), random).map((sentence) => `    ${sentence}`),
    '    """',
    '',
    ...(random.chance(0.2) ? ['  // what is proposed'] : []),
    ...proposal.edits.map((line) => `  ${line}`),
    ...(answers.length > 0 ? [''] : []),
    ...answers.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
}

class Plan {
  readonly #step: StepSample;

  constructor(
    readonly product: ProductSample,
    readonly random: Random,
    readonly year: number,
  ) {
    this.#step = random.pick(product.steps);
  }

  /** A day in a month of the year in which the change is carried out. */
  day(month: number): string {
    return `${this.year}-${two(month)}-${two(this.random.between(1, 28))}`;
  }

  proposal(): Proposal {
    const kind = this.random.weighted([
      ['parameters', 30],
      ['specification', 20],
      ['equipment', 15],
      ['transfer', 10],
      ['supplier', 10],
      ['packaging', 8],
      ['shelf-life', 7],
    ]);
    switch (kind) {
      case 'parameters':
        return this.#parameters();
      case 'specification':
        return this.#specification();
      case 'equipment':
        return this.#equipment();
      case 'transfer':
        return this.#transfer();
      case 'supplier':
        return this.#supplier();
      case 'packaging':
        return this.#packaging();
      default:
        return this.#shelfLife();
    }
  }

  #parameters(): Proposal {
    const { id, temperature, duration, validation } = this.#step;
    const [low, high] = temperature;
    return {
      title: `Wider range of temperature in ${id}`,
      edits: [
        `modify ${id} {`,
        `  temperature: ${low}..${high} °C -> ${low - this.random.between(1, 3)}..${high + this.random.between(1, 4)} °C`,
        ...(this.random.chance(0.5) ? [`  duration: ${duration} h -> ${duration + 1} h`] : []),
        '}',
      ],
      answers: [this.#revalidate(validation), this.#unaffected(), this.#judgement('substantial-effect')],
      us: this.random.pick(['PAS', 'CBE-30', 'AR']),
      eu: this.random.pick(['II', 'IB', 'IA']),
    };
  }

  #specification(): Proposal {
    const { specification, assay, methods } = this.product;
    const adds = this.random.chance(0.4);
    return {
      title: adds ? `Test for nitrosamines in ${specification}` : `Assay limit of ${specification}`,
      edits: [
        `modify ${specification} {`,
        `  assay.limit: ${assay}.0..105.0 % -> ${assay + this.random.pick([-1, 1])}.0..105.0 %`,
        ...(adds ? ['  ndma.limit: none -> NMT 0.03 ppm', `  ndma.method: none -> ${methods[1]}`] : []),
        '}',
      ],
      answers: [
        this.#revalidate(this.product.methodValidations[0]!),
        this.#judgement('compendial'),
        this.#judgement('more-assurance'),
      ],
      us: this.random.pick(['PAS', 'CBE-0', 'AR']),
      eu: this.random.pick(['II', 'IB', 'IA']),
    };
  }

  #equipment(): Proposal {
    const { id, equipment, spare, validation } = this.#step;
    return {
      title: `New equipment for ${id}`,
      edits: [`replace ${equipment} with ${spare} in ${id}`],
      answers: [
        this.#revalidate(validation),
        `revalidate new equipment-qualification of ${spare} by ${this.day(4)} protocol "IQ-OQ-${this.random.between(100, 999)}"`,
        this.#unaffected(),
        `perform calibration by ${this.day(6)}`,
        this.#judgement('same-design'),
      ],
      us: this.random.pick(['CBE-30', 'AR']),
      eu: this.random.pick(['IB', 'IA']),
    };
  }

  #transfer(): Proposal {
    const { id, equipment, equipmentElsewhere, batchSize, validation } = this.#step;
    const { site, otherSite } = this.product;
    return {
      title: `Move ${id} to ${otherSite}`,
      edits: [
        `transfer ${id} from ${site} to ${otherSite}`,
        `replace ${equipment} with ${equipmentElsewhere} in ${id}`,
        ...(this.random.chance(0.5)
          ? [`modify ${id} at ${otherSite} {`, `  batch-size: ${batchSize} kg -> ${batchSize * 2} kg`, '}']
          : []),
      ],
      answers: [
        `revalidate ${validation} at ${otherSite} by ${this.day(5)} protocol "PPQ-${this.random.between(100, 999)} rev 2"`,
        `perform product-quality-review by ${this.day(11)}`,
        this.#judgement('substantial-effect'),
      ],
      us: this.random.pick(['PAS', 'CBE-30']),
      eu: this.random.pick(['II', 'IB', 'IAIN']),
    };
  }

  #supplier(): Proposal {
    const material = this.random.pick(this.product.startingMaterials);
    return {
      title: `Second supplier of ${material}`,
      edits: [`add ${this.product.otherSupplier} to ${material}`],
      answers: [
        `revalidate new supplier-qualification of ${this.product.otherSupplier} by ${this.day(3)} protocol "SQ-${this.random.between(100, 999)}"`,
        this.#unaffected(),
        this.#judgement('impurity-profile'),
      ],
      us: this.random.pick(['PAS', 'CBE-30', 'AR']),
      eu: this.random.pick(['IB', 'IA']),
    };
  }

  #packaging(): Proposal {
    const { packaging, otherPackaging, drugProduct } = this.product;
    return {
      title: `Other blister for ${drugProduct}`,
      edits: [`replace ${packaging} with ${otherPackaging} in ${drugProduct}`],
      answers: [
        this.#revalidate(`STAB-${this.product.id}`),
        this.#judgement('equivalent-packaging'),
        `perform stability-commitment by ${this.day(12)}`,
      ],
      us: this.random.pick(['PAS', 'CBE-30', 'AR']),
      eu: this.random.pick(['II', 'IB']),
    };
  }

  #shelfLife(): Proposal {
    const { drugProduct, shelfLife } = this.product;
    return {
      title: `Longer shelf life of ${drugProduct}`,
      edits: [
        `modify ${drugProduct} {`,
        `  shelf-life: ${shelfLife} months -> ${shelfLife + 12} months`,
        '}',
      ],
      answers: [this.#revalidate(`STAB-${this.product.id}`), this.#judgement('full-shelf-life-data')],
      us: this.random.pick(['PAS', 'AR']),
      eu: this.random.pick(['IB', 'IAIN']),
    };
  }

  #revalidate(validation: string): string {
    const done = this.year < 2026 ? ` done ${this.day(7)}` : '';
    return `revalidate ${validation} by ${this.day(6)}${done} protocol "PPQ-${this.random.between(100, 999)} rev ${this.random.between(1, 4)}"`;
  }

  #unaffected(): string {
    const [first, second] = this.product.methodValidations;
    return `unaffected ${first}, ${second} because "${grounds(this.random)}" evidence "RPT-${this.random.between(100, 999)}"`;
  }

  #judgement(condition: string): string {
    const word = this.random.pick(['confirm', 'deny']);
    return `${word} ${condition} because "${grounds(this.random)}" evidence "RPT-${this.random.between(100, 999)}"`;
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
