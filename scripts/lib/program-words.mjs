import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** Rooms whose messages can reach a log or an error. */
const rooms = ['shared', 'core', 'client', 'node', 'main', 'headless'];
/** A word of ours: letters, or a place of the kernel's that everybody has. */
const wordPattern =
  /^([a-z]+|[A-Z][a-z]+|[A-Z]{2,6}|\/(proc|sys|etc|run)(\/[a-z_]+){0,3}|--[a-z]+(-[a-z]+)*)$/;

/**
 * Every word that stands in a sentence of the program's sources, sorted: of string literals and the fixed parts of templates
 * that have a space in them. Tests, fixtures and the texts of pages are left out.
 *
 * @param {string} folder the checkout
 * @returns {Promise<string[]>}
 */
export async function collectProgramWords(folder) {
  const words = new Set();
  for (const sentence of await collectSentences(folder)) {
    for (const word of splitWords(sentence))
      words.add(/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word);
  }
  return [...words].sort();
}

/** @param {string} sentence */
export function splitWords(sentence) {
  return sentence
    .split(/\s+/)
    .map((piece) => piece.replace(/^["'“‘`(<[{]+|["'”’`)>\]},.:;!?…]+$/g, ''))
    .filter((piece) => piece.length > 1 && piece.length <= 40 && wordPattern.test(piece));
}

/** @param {string} folder */
async function collectSentences(folder) {
  /** @type {string[]} */
  const sentences = [];
  for (const room of rooms) {
    const root = join(folder, 'src', room);
    for (const name of await readdir(root, { recursive: true })) {
      if (!/\.ts$/.test(name) || /\.test\.ts$|testing\/|fixtures\/|texts\/|program-words/.test(name))
        continue;
      const source = ts.createSourceFile(
        name,
        await readFile(join(root, name), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      collectFrom(source, sentences);
    }
  }
  return sentences;
}

const namers = new Set(['service', 'spawn', 'loop', 'child', 'adopt']);

/** @param {import('typescript').StringLiteral} node */
function isTaskName({ parent }) {
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    namers.has(parent.expression.name.text)
  );
}

/**
 * @param {import('typescript').Node} node
 * @param {string[]} sentences
 */
function collectFrom(node, sentences) {
  if (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  ) {
    // A word alone may be anything, a key or a file's name, unless it names a scope or a task.
    if (/\s/.test(node.text.trim()) || !ts.isStringLiteral(node) || isTaskName(node))
      sentences.push(node.text);
  }
  ts.forEachChild(node, (child) => collectFrom(child, sentences));
}
