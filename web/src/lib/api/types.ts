/** What the API sends and takes. Days are `2026-03-14`, instants RFC 3339 in UTC, `null` is unknown. */

/** A text in both languages, as problems carry it. */
export interface Bilingual {
  vi: string;
  en: string;
}

/** `[start, end)` in UTF-16 units of the text that it is sent with: what JavaScript strings count in. */
export type Utf16Span = [number, number];

export interface Problem {
  code: string;
  message: Bilingual;
  remedy: Bilingual;
  /** What is wrong with figures that were handed in; empty for all else. */
  findings?: Wrong[];
}

/** One thing that is wrong with figures. */
export interface Wrong {
  /** Where, in the terms of what was sent: `2.1 (3)` of a form, `D12` of a workbook. */
  place?: { cell?: string | null };
  message: Bilingual;
  remedy: Bilingual;
}

export interface Health {
  version: string;
  documents: number;
  files: number;
  n_rotten: number;
}

/** The sentence of a document that a search hit, with the words that were hit. */
export interface Snippet {
  text: string;
  marks: Utf16Span[];
}

export interface Summary {
  id: number;
  file_id: number;
  /** The bare name of the file. */
  source: string;
  title: string | null;
  kind: string;
  number: string | null;
  issued_on: string | null;
  issuer: string | null;
  place: string | null;
  added_at: string;
  n_tasks: number;
  n_figures: number;
  n_citations: number;
  n_open_citations: number;
  n_undecided: number;
  snippet: Snippet | null;
}

export interface SummaryPage {
  items: Summary[];
  total: number;
  page: number;
  page_size: number;
}

export interface KindCount {
  code: string;
  name_vi: string;
  name_en: string;
  n: number;
}

export interface NameCount {
  name: string;
  n: number;
}

export interface YearCount {
  year: number;
  n: number;
}

/** What the library can be narrowed by. */
export interface Facets {
  kinds: KindCount[];
  issuers: NameCount[];
  places: NameCount[];
  years: YearCount[];
}

export interface NearDuplicate {
  id: number;
  title: string | null;
  source: string;
  /** Percent, 0 to 100. */
  likeness: number;
  relation: 'same' | 'contains' | 'contained';
}

export interface Citation {
  kind: string;
  number: string | null;
  date: string | null;
  issuer: string | null;
  name: string | null;
}

export type Recurring = 'periodic' | 'monthly' | 'quarterly' | 'yearly' | 'regular';

export interface Task {
  label: string | null;
  parent: string | null;
  lead: string[];
  coordinate: string[];
  recipients: string[];
  /** A day, a month, a year, or `from/to` of these. */
  due: string | null;
  recurring: Recurring | null;
}

export type Bound = 'exact' | 'about' | 'at_least' | 'at_most' | 'hundreds' | 'thousands';

export interface Figure {
  value: number;
  value_to: number | null;
  unit: string;
  subject: string | null;
  bound: Bound;
  period: string | null;
  place: string | null;
  negative: boolean;
}

export interface Abbreviation {
  short: string;
  long: string;
}

export type Relation =
  | 'carries_out'
  | 'concretises'
  | 'reviews'
  | 'concludes'
  | 'based_on'
  | 'amends'
  | 'replaces'
  | 'mentions';

/** A stored document that a citation could mean, and why. */
export interface Candidate {
  id: number;
  title: string | null;
  number: string | null;
  issued_on: string | null;
  issuer: string | null;
  why_vi: string;
  why_en: string;
}

export type ResolutionState = 'resolved' | 'open' | 'ambiguous' | 'conflicting' | 'self';

export interface Resolution {
  state: ResolutionState;
  document_id: number | null;
  candidates: Candidate[];
  relation: Relation;
  /** The citation that this one stands in the subject of. */
  subject_finding_id: number | null;
}

export type FindingState = 'suggested' | 'accepted' | 'rejected' | 'corrected' | 'added';

/** What each type of finding says. */
export interface FindingValues {
  task: Task;
  citation: Citation;
  figure: Figure;
  abbreviation: Abbreviation;
  boilerplate: Record<string, never>;
}

export type FindingType = keyof FindingValues;

interface FindingOf<T extends FindingType> {
  id: number;
  type: T;
  utf16: Utf16Span;
  state: FindingState;
  /** As now in force. */
  value: FindingValues[T];
  /** As first read; `null` of one that a person added. */
  original: FindingValues[T] | null;
  decided_by: string | null;
  decided_at: string | null;
  version: number;
  resolution?: Resolution | null;
}

export type Finding = { [T in FindingType]: FindingOf<T> }[FindingType];
export type TaskFinding = FindingOf<'task'>;
export type CitationFinding = FindingOf<'citation'>;

export interface Detail extends Summary {
  signer: string | null;
  addressees: string[];
  /** The document's own text; the findings' `utf16` count in it. */
  text: string;
  text_start: number;
  format: string;
  findings: Finding[];
  near_duplicates: NearDuplicate[];
}

export interface CascadeNode {
  key: string;
  /** `null` of a document that is cited but not stored. */
  document_id: number | null;
  kind: string;
  number: string | null;
  title: string | null;
  issued_on: string | null;
  issuer: string | null;
  /** 0 is the document asked for; negative what it follows from, positive what follows from it. */
  level: number;
}

export interface CascadeEdge {
  /** Key of the citing document. */
  from: string;
  /** Key of the cited document. */
  to: string;
  relation: Relation;
  n_mentions: number;
}

export interface Cascade {
  root: number;
  nodes: CascadeNode[];
  edges: CascadeEdge[];
}

export interface OpenCitation {
  finding_id: number;
  document_id: number;
  document_title: string | null;
  document_number: string | null;
  citation: Citation;
  sentence: string;
  resolution: Resolution;
}

export interface OpenCitationPage {
  items: OpenCitation[];
  total: number;
  page: number;
  page_size: number;
}

/** What became of one uploaded file. */
export interface FileOutcome {
  name: string;
  status: 'stored' | 'known' | 'refused';
  file_id: number | null;
  documents: Summary[];
  problem: Problem | null;
  near_duplicates: NearDuplicate[];
}

export interface FileOutcomes {
  files: FileOutcome[];
}
