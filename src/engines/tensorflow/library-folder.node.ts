/** The two files of TensorFlow's library in a folder, and what the files around them tell. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { whyNotLoadable } from './library-file.node.ts';

export interface LibraryFiles {
  readonly folder: string;
  readonly cc: string;
  readonly framework: string;
  readonly version: string;
  readonly gpu: boolean;
}

/** [C API, framework], as wheels and official archives name them; the first pair that is there is taken. */
const pairs: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  linux: [
    ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  ],
  darwin: [
    ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  ],
  win32: [['tensorflow.dll', 'tensorflow.dll']],
};

/** A wheel's files, an official archive, a Python environment: where in the named folder the libraries may lie. */
const inside = ['.', 'tensorflow', 'lib'];

/** @param wheel the Python package, whose dist-info folder holds the version */
export function versionBeside(folder: string): string {
  for (const header of [
    join(folder, 'include', 'tensorflow', 'core', 'public', 'release_version.h'),
    join(folder, '..', 'include', 'tensorflow', 'core', 'public', 'release_version.h'),
  ])
    if (existsSync(header)) {
      const found = ['MAJOR', 'MINOR', 'PATCH'].map(
        (part) => new RegExp(`TF_${part}_VERSION\\s+(\\d+)`).exec(readFileSync(header, 'utf8'))?.[1],
      );
      if (found.every((part) => part !== undefined)) return found.join('.');
    }
  const above = dirname(folder);
  if (basename(folder) === 'tensorflow' && existsSync(above))
    for (const name of readdirSync(above)) {
      const version = /^tensorflow(?:_cpu|_macos|_rocm)?-([\d.]+[^-]*)\.dist-info$/.exec(name)?.[1];
      if (version) return version;
    }
  return '';
}

/** An official archive's library is a link to a file that is named by its version. */
const versionInName = (file: string) => /\.(\d+\.\d+\.\d+)(?:\.dylib)?$/.exec(realpathSync(file))?.[1] ?? '';

/** The library in a folder, or why there is none. */
export function libraryIn(
  named: string,
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): LibraryFiles | { readonly why: string } {
  if (!existsSync(named)) return { why: 'There is no such folder.' };
  for (const folder of inside.map((part) => join(named, part)))
    for (const [cc, framework] of pairs[platform] ?? []) {
      if (!existsSync(join(folder, cc))) continue;
      const files = { folder, cc: join(folder, cc), framework: join(folder, framework) };
      const why = [files.cc, files.framework]
        .map((file) => whyNotLoadable(file, platform, arch))
        .find(Boolean);
      if (why) return { why };
      return {
        ...files,
        version: versionBeside(folder) || versionInName(files.cc),
        gpu: existsSync(join(folder, '..', 'nvidia')),
      };
    }
  const wanted = (pairs[platform] ?? []).map(([cc]) => cc).join(' nor ');
  return {
    why: wanted ? `It holds no ${wanted}.` : `Stemma knows of no TensorFlow library for ${platform}.`,
  };
}
