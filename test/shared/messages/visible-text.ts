import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type ESTree, Visitor } from 'vite';

/** Props and options whose value people read or hear. */
const SHOWN = new Set(['label', 'title', 'placeholder', 'hint', 'error', 'alt', 'detail', 'heading', 'text', 'aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription']);

/** A text in the source that people would see in one language only. */
export interface HardCoded {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Texts of one source file that do not come from the catalogue: words between tags, and string literals given to
 * props or options that are shown. A key handed to a translator is the argument of a call, so it is not looked at.
 */
export function hardCodedText(path: string, source: string): HardCoded[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message ?? ''}`);
  const found: HardCoded[] = [];
  const note = (text: string, at: number): void => {
    if (/\p{L}/u.test(text)) found.push({ line: source.slice(0, at).split('\n').length, text: text.trim() });
  };
  const shown = (node: ESTree.Node): void => {
    for (const literal of literalsShown(node)) note(literal.text, literal.at);
  };
  new Visitor({
    JSXText: (node) => note(node.value, node.start),
    JSXElement: (node) => node.children.forEach((child) => child.type === 'JSXExpressionContainer' && shown(child.expression)),
    JSXFragment: (node) => node.children.forEach((child) => child.type === 'JSXExpressionContainer' && shown(child.expression)),
    JSXAttribute: (node) => {
      if (node.name.type !== 'JSXIdentifier' || !SHOWN.has(node.name.name) || node.value === null) return;
      shown(node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value);
    },
    Property: (node) => {
      const name = node.key.type === 'Identifier' ? node.key.name : node.key.type === 'Literal' ? node.key.value : null;
      if (!node.computed && typeof name === 'string' && SHOWN.has(name)) shown(node.value);
    },
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (node.callee.type === 'Identifier' && node.callee.name === 'announce' && first !== undefined) shown(first);
    },
  }).visit(program);
  return found;
}

/** The literals an expression may turn into, through conditions, fallbacks and templates. */
function literalsShown(node: ESTree.Node): { text: string; at: number }[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ text: node.value, at: node.start }] : [];
    case 'TemplateLiteral':
      return [...node.quasis.map((quasi) => ({ text: quasi.value.raw, at: quasi.start })), ...node.expressions.flatMap(literalsShown)];
    case 'ConditionalExpression':
      return [...literalsShown(node.consequent), ...literalsShown(node.alternate)];
    case 'LogicalExpression':
      return [...literalsShown(node.left), ...literalsShown(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...literalsShown(node.left), ...literalsShown(node.right)] : [];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return literalsShown(node.expression);
    default:
      return [];
  }
}

/** Every .ts and .tsx file below a folder, as paths from it. */
export function sourcesBelow(root: string): { path: string; text: string }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
