/** Commands on drawings: templates, new, summary, check, fix, plain. */
import { basename } from 'node:path';
import { applyEdit } from '../../document/edits.ts';
import { writeDocument } from '../../document/file.ts';
import { isPlain, setPlain } from '../../document/plain.ts';
import { type Diagnostic, diagnose, fixes, lower, mend, showSummary, summaryOf } from '../../lower/index.ts';
import { loadDocument, saveDocument } from '../../services/documents.node.ts';
import { findTemplate, templates } from '../../templates/index.ts';
import { numberOption, type Options, stringOption, templateOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { drawingOf, refuseExisting } from './paths.node.ts';

/** The file itself, or -o, which must not be something else's place. */
function targetOf(file: string, options: Options): string {
  const target = stringOption(options, 'output');
  if (target !== undefined && target !== file) refuseExisting(target, options);
  return target ?? file;
}

const listTemplates: Command = async () => ({
  text: templates.map((t) => `${t.id.padEnd(20)} ${t.title.padEnd(22)} ${t.help}`).join('\n'),
  json: { templates: templates.map(({ id, title, help }) => ({ id, title, help })) },
});

const create: Command = async ([id = ''], options) => {
  const built = findTemplate(id).build(templateOptions(options));
  const file = stringOption(options, 'output') ?? `${id}.stemma`;
  refuseExisting(file, options);
  const given = Object.keys(templateOptions(options).set).length > 0;
  // A template that was changed is not what it is called any more: it takes the name of its file.
  const title = stringOption(options, 'title') ?? (given ? basename(file, '.stemma') : built.title);
  const document = { ...built, title };
  await saveDocument(file, document);
  return { text: `Wrote ${file}.`, json: { file } };
};

const summary: Command = async ([name = ''], options) => {
  const document = await drawingOf(name, options);
  const result = summaryOf(document);
  const errors = diagnose(lower(document)).filter((d) => d.severity === 'error');
  const problems = errors.length > 0 ? [`${errors.length} problems; 'stemma check' tells them.`] : [];
  return { text: [showSummary(result), ...problems].join('\n'), json: result };
};

function showDiagnostic({ severity, message }: Diagnostic): string {
  return `${severity}: ${message}`;
}

/** Fixes are tried on the drawing, so a hopeless drawing of thousands of problems gets them for the first few. */
const FIXES_FOR = 25;

const check: Command = async ([file = ''], options) => {
  const { classes: _, ...shaping } = options;
  const isTemplate = templates.some((t) => t.id === file);
  const document = await drawingOf(file, isTemplate ? options : shaping);
  const lowered = lower(document);
  // Of a drawing, --classes asks whether it answers so many.
  const classes = numberOption(options, 'classes');
  const expected = classes === undefined ? {} : { classes };
  const diagnostics = diagnose(lowered, expected);
  const ok = diagnostics.every((d) => d.severity !== 'error');
  const offered = diagnostics.map((d, i) => (i < FIXES_FOR ? fixes(lowered, d, expected) : []));
  const told = diagnostics.flatMap((d, at) => [
    showDiagnostic(d),
    ...(offered[at] ?? []).map((f, i) => `  ${i === 0 ? 'fix' : 'or '}: ${f.title}`),
  ]);
  return {
    text: told.length > 0 ? told.join('\n') : 'No problems.',
    json: {
      ok,
      diagnostics: diagnostics.map((d, at) => ({ ...d, fixes: offered[at]?.map((f) => f.title) })),
    },
    exitCode: ok ? 0 : 1,
  };
};

const fix: Command = async ([file = ''], options) => {
  const all = options.all === true;
  const target = targetOf(file, options);
  const { document, applied, left } = mend(await loadDocument(file), { all });
  if (applied.length > 0 || target !== file) await saveDocument(target, document);
  const ok = left.every(({ diagnostic }) => diagnostic.severity !== 'error');
  // Why it was left is looked up by trying, so for the first few only.
  const told = left.map(({ diagnostic, why }, i) => ({
    ...diagnostic,
    left: i < FIXES_FOR ? why() : undefined,
  }));
  return {
    text: [
      ...applied.map((title) => `fixed: ${title}`),
      ...told.flatMap((d) => [showDiagnostic(d), ...(d.left ? [`  left: ${d.left}`] : [])]),
      left.length === 0 ? 'No problems left.' : '',
    ]
      .filter(Boolean)
      .join('\n'),
    json: { ok, applied, diagnostics: told },
    exitCode: ok ? 0 : 1,
  };
};

const plain: Command = async ([file = ''], options) => {
  const document = await loadDocument(file);
  const target = targetOf(file, options);
  const toPlain = !isPlain(document);
  const changed = applyEdit(document, setPlain(document, toPlain)).document;
  await saveDocument(target, changed);
  const unchanged = writeDocument(changed) === writeDocument(document);
  const said = unchanged
    ? 'has no residual block; nothing changed'
    : toPlain
      ? 'is plain now: no block has a skip'
      : 'is residual again: every block has its skip';
  return { text: `${target} ${said}.`, json: { file: target, plain: toPlain && !unchanged } };
};

export const drawingCommands = { templates: listTemplates, new: create, summary, check, fix, plain };
