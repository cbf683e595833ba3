/**
 * The typed nodes of both languages.
 *
 * A node is placed by the first and last *significant token* that it covers (indexes into the file's
 * token table, both inclusive), never by offsets: white space and comments between tokens are not
 * counted, so a node stays equal to itself while the text around it moves. `Tree.span` turns a node into
 * offsets. A part that is missing because of a fault is `null` (or an empty list), never a guess.
 */
import type { Value } from '../base/value.js';

export interface Node {
  readonly first: number;
  readonly last: number;
  /** Of a statement: something of it was not understood, and the author has been told. */
  readonly faulty?: true;
}

/** A name: an identifier, a section number, or a text where a name is meant (`quoted`). */
export interface Word extends Node {
  readonly text: string;
  readonly quoted: boolean;
}

/** A text literal, decoded. */
export interface TextLiteral extends Node {
  readonly text: string;
}

export interface ValueNode extends Node {
  readonly value: Value;
}

export interface DateNode extends Node {
  /** Days since 1970-01-01. */
  readonly day: number;
}

// ---- change records -----------------------------------------------------------------------------

export interface ChangeFile extends Node {
  readonly kind: 'change-file';
  readonly records: readonly RecordNode[];
}

export interface RecordNode extends Node {
  readonly kind: 'record';
  readonly id: Word | null;
  readonly title: TextLiteral | null;
  /** In source order. */
  readonly statements: readonly Statement[];
}

export type Statement = FieldNode | EditNode | AnswerNode | ExpectNode;

export interface FieldNode extends Node {
  readonly kind: 'field';
  readonly name: Word;
  readonly values: readonly ValueNode[];
}

export type EditNode = ModifyNode | AddNode | RemoveNode | ReplaceNode | TransferNode;

export interface ModifyNode extends Node {
  readonly kind: 'modify';
  readonly subjects: readonly Word[];
  readonly sites: readonly Word[];
  readonly lines: readonly ModifyLineNode[];
}

export interface ModifyLineNode extends Node {
  readonly kind: 'modify-line';
  readonly path: Word;
  readonly current: readonly ValueNode[];
  readonly proposed: readonly ValueNode[];
}

export interface AddNode extends Node {
  readonly kind: 'add';
  readonly parts: readonly Word[];
  readonly subjects: readonly Word[];
}

export interface RemoveNode extends Node {
  readonly kind: 'remove';
  readonly parts: readonly Word[];
  readonly subjects: readonly Word[];
}

export interface ReplaceNode extends Node {
  readonly kind: 'replace';
  readonly out: Word | null;
  readonly in: Word | null;
  readonly subjects: readonly Word[];
}

export interface TransferNode extends Node {
  readonly kind: 'transfer';
  readonly subjects: readonly Word[];
  readonly from: Word | null;
  readonly to: Word | null;
}

export interface GroundsNode extends Node {
  readonly because: TextLiteral | null;
  readonly evidence: readonly Word[];
}

/** `PV-LRG-S5`, or `new cleaning of EQ-DAB-CLV2` (then `newKind` is set and `ref` is the subject). */
export interface TargetNode extends Node {
  readonly newKind: Word | null;
  readonly ref: Word | null;
}

export type AnswerNode =
  | RevalidateNode
  | UnaffectedNode
  | FileNode
  | ImplementNode
  | NotifyNode
  | ApprovalNode
  | PerformNode
  | ConditionAnswerNode;

export interface RevalidateNode extends Node {
  readonly kind: 'revalidate';
  readonly target: TargetNode | null;
  readonly site: Word | null;
  readonly by: DateNode | null;
  readonly done: DateNode | null;
  readonly protocol: Word | null;
  readonly grounds: GroundsNode | null;
}

export interface UnaffectedNode extends Node {
  readonly kind: 'unaffected';
  readonly targets: readonly TargetNode[];
  readonly site: Word | null;
  readonly grounds: GroundsNode | null;
}

export interface FileNode extends Node {
  readonly kind: 'file';
  readonly filings: readonly Word[];
  readonly category: Word | null;
  readonly on: DateNode | null;
  /** `for REFS`: the edits that this line answers; empty means all. */
  readonly scope: readonly Word[];
  readonly submission: Word | null;
  readonly grounds: GroundsNode | null;
}

export interface ImplementNode extends Node {
  readonly kind: 'implement';
  readonly filings: readonly Word[];
  readonly on: DateNode | null;
  readonly from: TextLiteral | null;
}

export interface NotifyNode extends Node {
  readonly kind: 'notify';
  readonly parties: readonly Word[];
  readonly on: DateNode | null;
  readonly grounds: GroundsNode | null;
}

export interface ApprovalNode extends Node {
  readonly kind: 'approval';
  /** Filings or organisations. */
  readonly by: readonly Word[];
  readonly on: DateNode | null;
  readonly grounds: GroundsNode | null;
}

export interface PerformNode extends Node {
  readonly kind: 'perform';
  readonly task: Word | null;
  readonly by: DateNode | null;
  readonly done: DateNode | null;
  readonly grounds: GroundsNode | null;
}

/** `confirm` or `deny`; conditions are names such as `inspected` or `eu-2025/inspected`. */
export interface ConditionAnswerNode extends Node {
  readonly kind: 'confirm' | 'deny';
  readonly conditions: readonly Word[];
  readonly scope: readonly Word[];
  readonly grounds: GroundsNode | null;
}

export type ExpectNode =
  /** `expect PAS for NDA-1 by us-drugs/314.70.b.1` */
  | (Node & {
      readonly kind: 'expect-category';
      readonly category: Word | null;
      readonly filing: Word | null;
      readonly rule: Word | null;
    })
  /** `expect no us-drugs/314.70.b.1` */
  | (Node & { readonly kind: 'expect-no'; readonly rule: Word | null })
  /** `expect revalidate PV-1`, `expect assess new cleaning of EQ-1` */
  | (Node & {
      readonly kind: 'expect-duty';
      readonly duty: 'revalidate' | 'assess';
      readonly target: TargetNode | null;
    });

// ---- rule packs ---------------------------------------------------------------------------------

export interface RulesFile extends Node {
  readonly kind: 'rules-file';
  /** In source order; a rule or condition belongs to the pack before it. */
  readonly items: readonly (PackNode | ConditionNode | RuleNode)[];
}

export interface PackNode extends Node {
  readonly kind: 'pack';
  readonly id: Word | null;
  readonly title: TextLiteral | null;
  readonly items: readonly PackItem[];
}

export type PackItem = FieldNode | CategoriesNode | ClockNode | LeadNode | OrderNode;

/** `categories: none < AR < PAS`, lowest first. */
export interface CategoriesNode extends Node {
  readonly kind: 'categories';
  readonly names: readonly Word[];
}

export interface ClockNode extends Node {
  readonly kind: 'clock';
  readonly category: Word | null;
  readonly steps: readonly ClockStepNode[];
}

export type ClockStepNode = Node & {
  readonly kind: 'clock-step';
  readonly step: 'approval' | 'on-receipt' | 'afterwards' | 'wait' | 'typical' | 'within' | 'judged';
  /** The quantity of `wait`, `typical` and `within`. */
  readonly value: ValueNode | null;
  /** `within … of anniversary`. */
  readonly ofAnniversary: boolean;
  /** `wait … for MRP`: only for filings of that procedure. */
  readonly procedure: string | null;
  /** `typical … for ANDA`: only for filings of that type. */
  readonly filingType: string | null;
  /** `judged on …`. */
  readonly judgedOn: 'submission' | 'implementation' | null;
};

/** In a pack: `lead process: 3..9 months`. */
export interface LeadNode extends Node {
  readonly kind: 'lead';
  readonly subject: Word | null;
  readonly value: ValueNode | null;
}

export interface OrderNode extends Node {
  readonly kind: 'order';
  readonly before: Word | null;
  readonly after: Word | null;
}

export interface ConditionNode extends Node {
  readonly kind: 'condition';
  readonly name: Word | null;
  readonly question: TextLiteral | null;
  readonly fallback: ExprNode | null;
  readonly cite: TextLiteral | null;
}

export interface RuleNode extends Node {
  readonly kind: 'rule';
  readonly name: Word | null;
  readonly title: TextLiteral | null;
  readonly fields: readonly FieldNode[];
  readonly triggers: readonly TriggerNode[];
  readonly when: ExprNode | null;
  readonly clauses: readonly ClauseNode[];
}

export type TriggerNode = Node & {
  readonly kind: 'trigger';
  /** `any edit`: then action, part and subject are null. */
  readonly any: boolean;
  readonly action: Word | null;
  readonly part: Word | null;
  readonly subject: Word | null;
};

export type ClauseNode =
  | ReportClause
  | DutyClause
  | PerformClause
  | NotifyClause
  | CiteClause
  | DossierClause
  | DocumentClause
  | LeadClause
  | BasisClause;

export interface ReportClause extends Node {
  readonly kind: 'report';
  readonly category: Word | null;
  readonly insteadOf: readonly Word[];
  readonly when: ExprNode | null;
  readonly otherwise: boolean;
  readonly once: boolean;
}

export interface DutyClause extends Node {
  readonly kind: 'duty';
  readonly duty: 'revalidate' | 'assess';
  readonly validationKind: Word | null;
  readonly scope: ScopeNode | null;
  readonly when: ExprNode | null;
}

/** `direct`, `of steps at destination`, `at destination`: which validations of the kind are meant. */
export interface ScopeNode extends Node {
  readonly kind: 'scope';
  readonly word: ScopeWord | null;
  readonly atDestination: boolean;
}

export type ScopeWord = 'direct' | 'of steps' | 'downstream' | 'product';

export interface PerformClause extends Node {
  readonly kind: 'perform-clause';
  readonly task: Word | null;
  readonly text: TextLiteral | null;
  readonly when: ExprNode | null;
}

export interface NotifyClause extends Node {
  readonly kind: 'notify-clause';
  readonly role: Word | null;
  readonly when: ExprNode | null;
}

export interface CiteClause extends Node {
  readonly kind: 'cite';
  readonly citations: readonly TextLiteral[];
}

export interface DossierClause extends Node {
  readonly kind: 'dossier';
  readonly sections: readonly Word[];
}

export interface DocumentClause extends Node {
  readonly kind: 'document';
  readonly text: TextLiteral | null;
}

export interface LeadClause extends Node {
  readonly kind: 'lead-clause';
  readonly value: ValueNode | null;
}

export interface BasisClause extends Node {
  readonly kind: 'basis';
  readonly basis: Word | null;
}

// ---- expressions --------------------------------------------------------------------------------

export type ExprNode =
  | (Node & { readonly kind: 'or' | 'and'; readonly operands: readonly ExprNode[] })
  | (Node & { readonly kind: 'not'; readonly operand: ExprNode | null })
  | (Node & {
      readonly kind: 'compare';
      readonly op: CompareOp;
      readonly left: OperandNode | null;
      readonly right: OperandNode | null;
    })
  | (Node & {
      readonly kind: 'in';
      readonly negated: boolean;
      readonly left: OperandNode | null;
      readonly options: readonly OperandNode[];
    })
  /** An operand that stands alone is a truth value: a boolean fact, a condition, a function. */
  | (Node & { readonly kind: 'truth'; readonly operand: OperandNode });

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type OperandNode =
  /** A fact, a condition, or a word of a vocabulary: `product.sterile`, `eu-2025/inspected`, `immediate`. */
  | (Node & { readonly kind: 'path'; readonly text: string })
  | (Node & { readonly kind: 'call'; readonly name: Word; readonly args: readonly OperandNode[] })
  | (Node & { readonly kind: 'literal'; readonly value: Value });
