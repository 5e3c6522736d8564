/** Drawings on disk, and templates that stand for one. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError, describeError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { findBlock } from '../blocks/index.ts';
import { MAX_FILE_BYTES, readDocument, writeDocument } from '../document/file.ts';
import type { StemmaDocument } from '../document/model.ts';
import { isOpKind } from '../network/ops/index.ts';
import { findTemplate, templates } from '../templates/index.ts';
import type { TemplateOptions } from '../templates/template.ts';

export function isKnownType(type: string): boolean {
  return isOpKind(type) || findBlock(type) !== undefined;
}

/** The text of a file that may be a document. @throws AppError in words: missing, a folder, too large */
export async function readDrawing(file: string): Promise<string> {
  let size: number;
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new AppError('document/not-a-file', `${file} is not a file.`);
    size = found.size;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(
      'document/missing',
      missing ? `There is no file ${file}.` : `${file} cannot be opened: ${describeError(cause)}.`,
      { cause },
    );
  }
  if (size > MAX_FILE_BYTES)
    throw new AppError(
      'document/too-large',
      `${file} has ${(size / 2 ** 20).toFixed(0)} MB; a Stemma document has at most ${MAX_FILE_BYTES / 2 ** 20} MB.`,
      { hint: 'Weights are stored beside a document, not in it; this is some other file.' },
    );
  return readFile(file, 'utf8');
}

/** @throws AppError in words: missing, a folder, too large, not a document */
export async function loadDocument(file: string): Promise<StemmaDocument> {
  return readDocument(await readDrawing(file), file, isKnownType);
}

/**
 * A document that could not be opened again is never written: it is read back before the file is touched.
 * @throws AppError('document/unreadable') with the place; AppError('file/write')
 */
export async function saveDocument(file: string, document: StemmaDocument): Promise<void> {
  const text = writeDocument(document);
  try {
    readDocument(text, file, isKnownType);
  } catch (cause) {
    throw new AppError('document/unreadable', `${file} was not saved: ${(cause as Error).message}`, {
      hint: 'It could not be opened again. Undo the last change; what stood in the file before is unchanged.',
      cause,
    });
  }
  await diskFiles.makeFolder(dirname(file), { recursive: true });
  await writeFileSafely(file, text);
}

/** A file where one of that name exists, else a template. */
export async function loadDrawing(name: string, options: TemplateOptions): Promise<StemmaDocument> {
  if (existsSync(name) || name.includes('/') || name.endsWith('.stemma')) return loadDocument(name);
  if (!templates.some((t) => t.id === name))
    throw new AppError('template/unknown', `There is no file and no template '${name}'.`, {
      hint: `Templates: ${templates.map((t) => t.id).join(', ')}.`,
    });
  return findTemplate(name).build(options);
}
