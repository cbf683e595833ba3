/**
 * The closed and open vocabularies of the registry, one list each: the schema, completion, messages and
 * the types of facts all read them from here.
 */
export const STAGES = [
  'starting-material',
  'raw-material',
  'reagent',
  'cell-bank',
  'vector',
  'intermediate',
  'drug-substance',
  'excipient',
  'drug-product',
  'packed-product',
] as const;

export const MODALITIES = [
  'small-molecule',
  'peptide',
  'oligonucleotide',
  'protein',
  'monoclonal-antibody',
  'antibody-drug-conjugate',
  'vaccine',
  'cell-therapy',
  'gene-therapy',
  'mrna',
  'radiopharmaceutical',
  'blood-product',
  'herbal',
] as const;

export const EXCIPIENT_FUNCTIONS = [
  'filler',
  'binder',
  'disintegrant',
  'lubricant',
  'glidant',
  'film-coat',
  'release-controlling',
  'colour',
  'flavour',
  'preservative',
  'tonicity-agent',
  'buffer',
  'solvent',
  'other',
] as const;

export const VALIDATION_KINDS = [
  'process',
  'cleaning',
  'method',
  'method-transfer',
  'equipment-qualification',
  'facility-qualification',
  'utility-qualification',
  'computerised-system',
  'aseptic-process-simulation',
  'sterilisation',
  'sterile-filtration',
  'container-closure-integrity',
  'extractables-leachables',
  'packaging',
  'visual-inspection',
  'transport',
  'hold-time',
  'stability',
  'comparability',
  'bioequivalence',
  'dissolution',
  'impurity',
  'viral-clearance',
  'cell-bank',
  'vector',
  'containment',
  'chain-of-identity',
  'health-based-limit',
  'disinfectant',
  'compendial-verification',
  'supplier-qualification',
] as const;

export const VALIDATION_STATUSES = ['current', 'planned', 'in-progress', 'expired', 'withdrawn'] as const;
export const FILING_STATUSES = ['planned', 'pending', 'approved', 'withdrawn'] as const;
export const ENTITY_STATUSES = ['proposed', 'current', 'retired'] as const;
export const RELEASES = ['immediate', 'modified'] as const;
export const PROCEDURES = ['CP', 'MRP', 'DCP', 'NP'] as const;
export const PHASES = ['preclinical', 'phase-1', 'phase-2', 'phase-3', 'commercial', 'discontinued'] as const;
/** Occupational exposure bands, least to most contained. */
export const CONTAINMENT_BANDS = ['OEB1', 'OEB2', 'OEB3', 'OEB4', 'OEB5', 'OEB6'] as const;
export const ORGANISATION_ROLES = [
  'sponsor',
  'cdmo',
  'supplier',
  'laboratory',
  'holder',
  'distributor',
] as const;
export const INSPECTION_OUTCOMES = ['acceptable', 'unacceptable', 'pending'] as const;
export const CONTACTS = ['primary', 'secondary', 'device'] as const;
export const METHOD_GRADES = ['control-strategy', 'in-process', 'characterisation', 'compendial'] as const;
