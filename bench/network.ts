/**
 * A made-up manufacturing network: products with their materials, steps, equipment, tests, validations and
 * filings at pairs of sites. What an entity is connected to does not grow with the size of the network, as
 * in a company that grows by products and sites; so the work for one record should not grow either.
 */
import type { Random } from './random.js';

export interface StepSample {
  readonly id: string;
  readonly equipment: string;
  /** Equipment of the same class at the same site, and at the site to which the step may move. */
  readonly spare: string;
  readonly equipmentElsewhere: string;
  readonly validation: string;
  readonly batchSize: number;
  /** The range of the parameter `temperature`, in °C. */
  readonly temperature: readonly [number, number];
  /** The value of the parameter `duration`, in hours. */
  readonly duration: number;
}

export interface ProductSample {
  readonly id: string;
  readonly site: string;
  readonly otherSite: string;
  readonly steps: readonly StepSample[];
  readonly startingMaterials: readonly string[];
  readonly supplier: string;
  readonly otherSupplier: string;
  readonly drugProduct: string;
  readonly specification: string;
  /** The lower limit of the assay, in %. */
  readonly assay: number;
  readonly methods: readonly string[];
  readonly methodValidations: readonly string[];
  readonly packaging: string;
  readonly otherPackaging: string;
  readonly shelfLife: number;
  readonly filings: { readonly us: string; readonly eu: string };
}

export interface NetworkSample {
  readonly products: readonly ProductSample[];
  /** The registry's text, section by section; each section is a file. */
  readonly sections: ReadonlyMap<string, string>;
  readonly entities: number;
}

const PRODUCTS_PER_CLUSTER = 4;

const STEPS = [
  ['SYN', 'chemical-synthesis', 'reactor', 'stirred-tank'],
  ['CRY', 'crystallisation', 'crystalliser', 'stirred-tank'],
  ['DRY', 'drying', 'dryer', 'filter-dryer'],
  ['BLD', 'blending', 'blender', 'diffusion-mixer'],
  ['CPR', 'compression', 'tablet-press', 'gravity-feed'],
  ['COA', 'coating', 'coater', 'pan-coating'],
] as const;

/** A network of exactly so many entities (at least 70). */
export function networkOf(entities: number, random: Random): NetworkSample {
  const writer = new NetworkWriter(random);
  while (writer.entities + MOST_PER_PRODUCT <= entities) writer.product();
  // What is left of the number is kept as suppliers that are approved and not in use.
  for (let spare = 1; writer.entities < entities; spare++)
    writer.entity('suppliers', `SUP-SPARE-${spare}`, '{ name: Spare supplier, country: DE }');
  return {
    products: writer.products,
    sections: new Map([...writer.sections].map(([name, lines]) => [name, `${lines.join('\n')}\n`])),
    entities: writer.entities,
  };
}

/** A product with the first of its cluster, which brings the sites. */
const MOST_PER_PRODUCT = 70;

class NetworkWriter {
  readonly products: ProductSample[] = [];
  readonly sections = new Map<string, string[]>();
  entities = 0;

  constructor(readonly random: Random) {}

  entity(section: string, id: string, text: string): string {
    const lines = this.sections.get(section);
    const line = `  ${id}:${text.startsWith('\n') ? '' : ' '}${text}`;
    if (lines) lines.push(line);
    else this.sections.set(section, [`${section}:`, line]);
    this.entities++;
    return id;
  }

  product(): void {
    const number = this.products.length + 1;
    const cluster = Math.floor(this.products.length / PRODUCTS_PER_CLUSTER) + 1;
    const site = `SITE-${cluster}A`;
    const otherSite = `SITE-${cluster}B`;
    if (this.products.length % PRODUCTS_PER_CLUSTER === 0) this.#cluster(cluster, site, otherSite);
    const id = `P${number}`;
    const release = this.random.pick(['immediate', 'modified']);
    this.entity(
      'products',
      id,
      `{ name: Product ${number}, modality: small-molecule, dosage-form: tablet, sterile: false, release: ${release}, phase: commercial, containment: OEB3 }`,
    );
    const supplier = this.entity(
      'suppliers',
      `SUP-${id}-1`,
      '{ name: First supplier, country: DE, qualified-until: 2028-12-31 }',
    );
    const otherSupplier = this.entity(
      'suppliers',
      `SUP-${id}-2`,
      '{ name: Second supplier, country: IN, qualified-until: 2028-12-31 }',
    );
    const packaging = this.entity(
      'packaging',
      `BLI-${id}-1`,
      '{ kind: blister, contact: primary, material: PVC-aluminium }',
    );
    const otherPackaging = this.entity(
      'packaging',
      `BLI-${id}-2`,
      '{ kind: blister, contact: primary, material: PVDC-aluminium }',
    );
    const methods = ['HPLC', 'GC', 'KF', 'DIS'].map((technique) =>
      this.entity(
        'methods',
        `MTH-${id}-${technique}`,
        `{ technique: ${technique === 'DIS' ? 'dissolution' : technique}, grade: control-strategy }`,
      ),
    );
    const assay = this.random.between(94, 97);
    const specification = this.#specifications(id, methods, assay);
    const startingMaterials = [1, 2, 3].map((index) =>
      this.entity(
        'materials',
        `${id}-SM${index}`,
        `{ name: Starting material ${index}, stage: starting-material, suppliers: [${supplier}] }`,
      ),
    );
    const shelfLife = this.random.pick([24, 36, 48]);
    const materials = this.#materials(id, specification, packaging, shelfLife, supplier);
    const steps = this.#steps(id, site, otherSite, startingMaterials, materials);
    const methodValidations = methods.map((method) =>
      this.entity(
        'validations',
        `MV-${method}`,
        `{ kind: method, covers: [${method}], site: ${site}, status: current, completed: 2023-05-10 }`,
      ),
    );
    this.entity(
      'validations',
      `STAB-${id}`,
      `{ kind: stability, covers: [${materials.product}], site: ${site}, status: current, completed: 2024-02-01 }`,
    );
    this.products.push({
      id,
      site,
      otherSite,
      steps,
      startingMaterials,
      supplier,
      otherSupplier,
      drugProduct: materials.product,
      specification,
      assay,
      methods,
      methodValidations,
      packaging,
      otherPackaging,
      shelfLife,
      filings: this.#filings(number, cluster, site, steps, [
        ...startingMaterials,
        materials.substance,
        materials.product,
        specification,
        packaging,
        ...methods,
      ]),
    });
  }

  #cluster(cluster: number, site: string, otherSite: string): void {
    const sponsor = this.entity('organisations', `SPONSOR-${cluster}`, '{ name: Sponsor, role: sponsor }');
    const cdmo = this.entity(
      'organisations',
      `CDMO-${cluster}`,
      '{ name: Contract manufacturer, role: cdmo }',
    );
    const activities = STEPS.map(([, activity]) => activity).join(', ');
    for (const [id, organisation, country] of [
      [site, sponsor, 'IE'],
      [otherSite, cdmo, 'IN'],
    ]) {
      this.entity(
        'sites',
        id!,
        [
          '',
          `    name: Plant ${id}`,
          `    organisation: ${organisation}`,
          `    country: ${country}`,
          `    campus: Campus ${cluster}`,
          `    activities: [${activities}, testing]`,
          '    containment: OEB4',
          `    inspections: [{ authority: FDA, date: 2025-0${this.random.between(1, 9)}-12, outcome: acceptable, activities: [${activities}] }]`,
          `    authorisations: [{ authority: EMA, activities: [${activities}, testing], until: 2028-06-30 }]`,
        ].join('\n'),
      );
      this.entity('utilities', `UT-WATER-${id}`, `{ site: ${id}, kind: purified-water }`);
      this.entity('utilities', `UT-HVAC-${id}`, `{ site: ${id}, kind: hvac }`);
      this.entity('systems', `SYS-DCS-${id}`, `{ site: ${id}, kind: process-control, gamp: 4 }`);
    }
    this.entity(
      'agreements',
      `QAG-${cluster}`,
      `{ between: [${sponsor}, ${cdmo}], sites: [${site}, ${otherSite}], notify: 90 days, approves: [replace site of step, modify parameter of step] }`,
    );
  }

  #specifications(product: string, methods: readonly string[], assay: number): string {
    const tests = (low: number): string =>
      [
        '',
        '    tests:',
        `      assay: { limit: ${low}.0..105.0 %, method: ${methods[0]} }`,
        `      residual-solvents: { limit: NMT 0.5 %, method: ${methods[1]} }`,
        `      water: { limit: NMT 1.0 %, method: ${methods[2]} }`,
      ].join('\n');
    this.entity('specifications', `SPEC-${product}-DS`, tests(97));
    return this.entity(
      'specifications',
      `SPEC-${product}-DP`,
      `${tests(assay)}\n      dissolution: { limit: NLT 80 %, method: ${methods[3]} }`,
    );
  }

  #materials(product: string, specification: string, packaging: string, shelfLife: number, supplier: string) {
    const chain = ['CRUDE', 'WET', 'DS', 'BLEND', 'CORE', 'DP'].map((name) => `${product}-${name}`);
    const [crude, wet, substance, blend, core, drugProduct] = chain as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    for (const intermediate of [crude, wet, blend, core])
      this.entity('materials', intermediate, `{ stage: intermediate, product: ${product} }`);
    this.entity(
      'materials',
      substance,
      `{ stage: drug-substance, product: ${product}, specification: SPEC-${product}-DS, retest-period: 36 months }`,
    );
    const filler = this.entity(
      'materials',
      `${product}-FILLER`,
      `{ name: Lactose, stage: excipient, suppliers: [${supplier}] }`,
    );
    const binder = this.entity(
      'materials',
      `${product}-BINDER`,
      `{ name: Povidone, stage: excipient, suppliers: [${supplier}] }`,
    );
    this.entity(
      'materials',
      drugProduct,
      [
        '',
        '    stage: drug-product',
        `    product: ${product}`,
        `    specification: ${specification}`,
        `    packaging: [${packaging}]`,
        `    shelf-life: ${shelfLife} months`,
        '    storage: "25 °C"',
        '    composition:',
        `      ${substance}: 10 %`,
        `      ${filler}: { share: 85 %, function: filler }`,
        `      ${binder}: { share: 5 %, function: binder }`,
      ].join('\n'),
    );
    return { chain, substance, product: drugProduct };
  }

  #steps(
    product: string,
    site: string,
    otherSite: string,
    startingMaterials: readonly string[],
    { chain }: { readonly chain: readonly string[] },
  ): StepSample[] {
    return STEPS.map(([short, activity, equipmentClass, principle], index) => {
      const id = `${product}-${short}`;
      const equipmentAt = (name: string, at: string): string =>
        this.entity(
          'equipment',
          `EQ-${id}-${name}`,
          `{ site: ${at}, class: ${equipmentClass}, principle: ${principle}, capacity: 400 L, shared: false, utilities: [UT-HVAC-${at}], systems: [SYS-DCS-${at}] }`,
        );
      const [equipment, spare, elsewhere] = [
        equipmentAt('1', site),
        equipmentAt('2', site),
        equipmentAt('3', otherSite),
      ];
      this.entity(
        'validations',
        `EQQ-${id}`,
        `{ kind: equipment-qualification, covers: [${equipment}], site: ${site}, status: current, completed: 2023-11-20 }`,
      );
      if (index % 2 === 0)
        this.entity(
          'validations',
          `CV-${id}`,
          `{ kind: cleaning, covers: [${equipment}], site: ${site}, status: current, completed: 2024-01-15 }`,
        );
      const batchSize = this.random.between(4, 12) * 10;
      const low = this.random.between(18, 30);
      const duration = this.random.between(2, 12);
      this.entity(
        'steps',
        id,
        [
          '',
          `    name: ${activity} of ${product}`,
          `    activity: ${activity}`,
          `    sites: [${site}]`,
          `    consumes: [${index === 0 ? startingMaterials.join(', ') : chain[index - 1]}]`,
          `    produces: [${chain[index]}]`,
          `    equipment: [${equipment}]`,
          '    critical: true',
          '    parameters:',
          `      batch-size: ${batchSize} kg`,
          `      temperature: { value: ${low}..${low + 5} °C, critical: true }`,
          `      duration: ${duration} h`,
        ].join('\n'),
      );
      const validation = this.entity(
        'validations',
        `PV-${id}`,
        `{ kind: process, covers: [${id}], site: ${site}, status: current, completed: 2024-03-01, due: 2029-03-01, ranges: { batch-size: ${batchSize - 10}..${batchSize + 10} kg, temperature: ${low}..${low + 5} °C } }`,
      );
      return {
        id,
        equipment,
        spare,
        equipmentElsewhere: elsewhere,
        validation,
        batchSize,
        temperature: [low, low + 5] as const,
        duration,
      };
    });
  }

  #filings(
    number: number,
    cluster: number,
    site: string,
    steps: readonly StepSample[],
    registered: readonly string[],
  ): ProductSample['filings'] {
    const filing = (market: string, type: string): string =>
      this.entity(
        'filings',
        `${type}-${number}`,
        [
          '',
          `    market: ${market}`,
          `    type: ${type}`,
          `    product: P${number}`,
          `    holder: SPONSOR-${cluster}`,
          '    status: approved',
          '    approved: 2021-05-01',
          '    registers:',
          ...steps.flatMap((step, index) =>
            index % 3 === 2
              ? [`      ${step.id}: {}`]
              : [
                  `      ${step.id}:`,
                  `        sites: [${site}]`,
                  `        batch-size: ${step.batchSize} kg`,
                  `        temperature: { value: ${step.temperature[0]}..${step.temperature[1]} °C }`,
                ],
          ),
          ...registered.map((id) => `      ${id}: {}`),
        ].join('\n'),
      );
    const us = filing('US', 'NDA');
    const eu = filing('EU', 'MAA');
    if (number % 3 === 0)
      this.entity(
        'protocols',
        `CP-${number}`,
        `{ filing: ${us}, covers: [replace site of ${steps[0]!.id}], report: CBE-30 }`,
      );
    return { us, eu };
  }
}
