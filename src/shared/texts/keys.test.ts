import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { english } from './en/catalogue.ts';

const sourceFolder = join(import.meta.dirname, '../..');
const namespaces = Object.keys(english);

/** Every key as `namespace:path`, without the suffix of a plural form. */
function listKeys(texts: object, path: string): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [`${path}${key.replace(/_(zero|one|two|few|many|other)$/, '')}`]
      : listKeys(value as object, `${path}${key}.`),
  );
}

const keys = new Set(Object.entries(english).flatMap(([name, texts]) => listKeys(texts, `${name}:`)));

interface Use {
  readonly file: string;
  /** The key; a place that is filled in while the program runs is `*`. */
  readonly key: string;
}

/** Keys that a source asks for: what stands in a call of `t`, and every text that begins with a namespace. */
function listUses(file: string): Use[] {
  const text = readFileSync(join(sourceFolder, file), 'utf8');
  if (!text.includes('texts/texts.ts') && !/['"`](?:[a-z]+):[a-z]/.test(text)) return [];
  const uses: Use[] = [];
  const take = (written: string, isInCall: boolean): void => {
    const isNamed = namespaces.some(
      (name) => written.startsWith(`${name}:`) && /^\w+:[\w.*]+$/.test(written),
    );
    if (isNamed) uses.push({ file, key: written });
    else if (isInCall && /^[\w.*]+$/.test(written)) uses.push({ file, key: `common:${written}` });
  };
  const visit = (node: ts.Node, isInCall: boolean): void => {
    if (ts.isStringLiteralLike(node)) take(node.text, isInCall);
    if (ts.isTemplateExpression(node)) {
      take([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*'), isInCall);
      // What fills its places is no key.
      isInCall = false;
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      node.arguments.forEach((argument, at) => visit(argument, at === 0));
      return;
    }
    // What is compared is not what is asked for: t(unit === 'x' ? 'a' : 'b').
    if (ts.isBinaryExpression(node)) isInCall = false;
    ts.forEachChild(node, (child) => visit(child, isInCall));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), false);
  return uses;
}

const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file),
);
const uses = files.flatMap(listUses);

function patternOf(key: string): RegExp {
  return new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
}

it('knows every text that is asked for', () => {
  const unknown = uses.filter(({ key }) =>
    key.includes('*') ? ![...keys].some((known) => patternOf(key).test(known)) : !keys.has(key),
  );
  expect(unknown).toEqual([]);
  // Were the sources read otherwise than they are written, nothing would be found, and nothing unknown.
  expect(uses.length).toBeGreaterThan(300);
});

it('holds no text that nobody asks for', () => {
  const exact = new Set(uses.map(({ key }) => key));
  const patterns = [...exact].filter((key) => key.includes('*')).map(patternOf);
  const dead = [...keys].filter((key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(dead).toEqual([]);
});
