import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** A field's name to whether it may be null. */
type Fields = Map<string, boolean>;

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  oneOf?: Schema[];
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { components, paths } = JSON.parse(read('../../../../docs/api/openapi.json')) as {
  components: { schemas: Record<string, Schema> };
  paths: Record<string, unknown>;
};
const schemas = components.schemas;

/** What the page calls it, and what the API does. */
const NAMES: Record<string, string> = {
  Bilingual: 'Bilingual',
  Problem: 'ProblemView',
  Health: 'HealthView',
  Snippet: 'SnippetView',
  Summary: 'SummaryView',
  SummaryPage: 'SummaryPage',
  KindCount: 'KindCount',
  NameCount: 'NameCount',
  YearCount: 'YearCount',
  Facets: 'FacetsView',
  NearDuplicate: 'NearDuplicateView',
  Candidate: 'CandidateView',
  Resolution: 'ResolutionView',
  CascadeNode: 'NodeView',
  CascadeEdge: 'EdgeView',
  Cascade: 'CascadeView',
  OpenCitation: 'ListedCitationView',
  OpenCitationPage: 'CitationPage',
  FileOutcome: 'FileOutcome',
  FileOutcomes: 'FileOutcomes',
  Citation: 'Citation',
  Task: 'Task',
  Figure: 'Figure',
  Abbreviation: 'Abbreviation',
  Detail: 'DetailView',
  FindingOf: 'FindingView',
};

/** The page counts in UTF-16 units and never in the file's own. */
const UNUSED = ['span'];

function ours(): Map<string, Fields> {
  const source = ts.createSourceFile('types.ts', read('./types.ts'), ts.ScriptTarget.Latest);
  const found = new Map<string, Fields>();
  for (const it of source.statements.filter(ts.isInterfaceDeclaration)) {
    const inherited = it.heritageClauses?.flatMap((clause) => clause.types.map((of) => of.expression.getText(source))) ?? [];
    const fields: Fields = new Map(inherited.flatMap((name) => [...(found.get(name) ?? [])]));
    for (const member of it.members.filter(ts.isPropertySignature)) {
      const type = member.type?.getText(source) ?? '';
      fields.set(member.name.getText(source), /\bnull\b/.test(type));
    }
    found.set(it.name.text, fields);
  }
  return found;
}

function mayBeNull(schema: Schema): boolean {
  return schema.type === 'null' || (schema.type ?? []).includes('null') || (schema.oneOf ?? []).some(mayBeNull);
}

function theirs(schema: Schema): Fields {
  const inherited = (schema.allOf ?? []).map((it) => (it.$ref ? schemas[it.$ref.split('/').at(-1) ?? ''] : it));
  const fields: Fields = new Map(inherited.flatMap((it) => (it ? [...theirs(it)] : [])));
  for (const [name, it] of Object.entries(schema.properties ?? {})) {
    if (!UNUSED.includes(name)) fields.set(name, mayBeNull(it));
  }
  return fields;
}

const sorted = (fields: Fields | undefined) => Object.fromEntries([...(fields ?? [])].sort(([a], [b]) => a.localeCompare(b)));

test('the page and the API agree on every field, and on which may be unknown', () => {
  const mine = ours();
  for (const [name, schema] of Object.entries(NAMES)) {
    expect(schemas[schema], schema).toBeDefined();
    expect(sorted(mine.get(name)), name).toEqual(sorted(theirs(schemas[schema] ?? {})));
  }
});

/** What the page asks for with types of its own; the other areas have theirs made from the description. */
const SHOWN = /^\/api\/(cascade|citations|documents(\/\{id\}(\/(cascade|findings))?)?|facets|files(\/.*)?|findings\/.*|health)$/;

/** The schemas that a part of the description leads to. */
function reached(part: unknown, found: Set<string>): void {
  for (const [, name] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)) {
    if (name && !found.has(name)) {
      found.add(name);
      reached(schemas[name], found);
    }
  }
}

test('everything that the API shows on the page is known to it', () => {
  const sent = ['CorrectionSent', 'DecisionSent', 'FilesSent', 'FindingSent'];
  const simple = ['Bound', 'Recurring', 'Span', 'Utf16Span', 'ValueView', 'PlaceView'];
  const faults = ['FaultView', 'FaultPlace'];
  const known = [...Object.values(NAMES), ...sent, ...simple, ...faults];
  const shown = Object.entries(paths).filter(([path]) => SHOWN.test(path));
  const found = new Set<string>();
  reached(shown, found);
  expect(shown.length).toBeGreaterThan(10);
  expect([...found].filter((it) => !known.includes(it))).toEqual([]);
});
