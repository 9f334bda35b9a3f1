// What ESLint and SonarJS say of every function of some files: a JSON list of paths in, one JSON object a line out.
// Run as: node count-functions.mjs FOLDER, which holds node_modules/. No configuration is looked for, and the files are
// parsed, never loaded. A function is told by its first byte (a method's name or modifier); every count by a tool's word.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const load = createRequire(join(resolve(process.argv[2]), 'node_modules', 'x.js'));
const { Linter } = load('eslint');
const { builtinRules } = load('eslint/use-at-your-own-risk');
const sonar = load('eslint-plugin-sonarjs').rules;
const rules = {
  complexity: [builtinRules.get('complexity'), [0]],
  'max-params': [builtinRules.get('max-params'), [{ max: 0 }]],
  'max-depth': [builtinRules.get('max-depth'), [0]],
  'max-lines-per-function': [builtinRules.get('max-lines-per-function'), [{ max: 0, skipBlankLines: true, skipComments: true, IIFEs: true }]],
  cognitive: [sonar['cognitive-complexity'], [0]],
};
const NAMED = new Set(['MethodDefinition', 'Property']); // whose value is a function without its name
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

let functions; // of this file: first character -> counts

function whole(node) {
  const { parent } = node;
  const method = parent.type === 'MethodDefinition' || (parent.type === 'Property' && (parent.method || parent.kind !== 'init'));
  return NAMED.has(parent.type) && method && parent.value === node ? parent : node;
}

function around(node) { // the function that a statement lies in
  let found = node;
  while (found && !FUNCTIONS.has(found.type)) found = found.type === 'StaticBlock' ? null : found.parent;
  return found;
}

function tell(place, word, value) {
  const node = NAMED.has(place?.type) ? place.value : place;
  if (!node || !FUNCTIONS.has(node.type)) return; // a field's initialiser or a static block
  const start = whole(node).range[0];
  const counts = functions.get(start) ?? {};
  counts[word] = Math.max(counts[word] ?? 0, value);
  functions.set(start, counts);
}

function listening(word, rule) { // the rule itself, whose reports become counts
  return {
    meta: rule.meta,
    create(context) {
      let leaving;
      const deaf = Object.create(context, {
        report: {
          value(report) {
            const data = report.data ?? {};
            const value = { complexity: data.complexity, 'max-params': data.count, 'max-depth': data.depth, 'max-lines-per-function': data.lineCount, cognitive: data.complexityAmount }[word];
            tell(word === 'cognitive' ? leaving : word === 'max-depth' ? around(report.node) : report.node, word, Number(value));
          },
        },
      });
      const listeners = { ...rule.create(deaf) };
      const leave = listeners[':function:exit'];
      if (word === 'cognitive') listeners[':function:exit'] = node => { leaving = node; tell(node, word, 0); leave(node); };
      return listeners;
    },
  };
}

const plugin = { rules: Object.fromEntries(Object.entries(rules).map(([word, [rule]]) => [word, listening(word, rule)])) };
const settings = Object.fromEntries(Object.entries(rules).map(([word, [, options]]) => [`told/${word}`, ['error', ...options]]));
const config = sourceType => [{
  files: ['**'],
  plugins: { told: plugin },
  languageOptions: { ecmaVersion: 'latest', sourceType, parserOptions: { ecmaFeatures: { jsx: true, globalReturn: sourceType === 'script' } } },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  rules: settings,
}];

function bytes(text) { // of every character (a half of a pair counts its share of four)
  const offsets = new Uint32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    offsets[i + 1] = offsets[i] + (code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3);
  }
  return offsets;
}

for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  const source = readFileSync(path, 'utf8');
  const mark = source.startsWith('\ufeff') ? 3 : 0;
  const text = mark ? source.slice(1) : source;
  for (const kind of ['module', 'script']) {
    functions = new Map();
    const messages = new Linter({ configType: 'flat' }).verify(text, config(kind), { filename: 'a.js', allowInlineConfig: false });
    if (messages.some(message => message.fatal)) continue; // not read as this kind: nothing is told of it
    const offsets = bytes(text);
    const counts = [...functions].map(([start, told]) => [mark + offsets[start], told]);
    process.stdout.write(`${JSON.stringify({ path, functions: counts })}\n`);
    break;
  }
}
