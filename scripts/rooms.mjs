// Writes biome.json: the order of the rooms as lint rules. A room uses only itself and rooms above it in this list.
import { writeFileSync } from 'node:fs';

const rooms = [
  'base',
  'schema',
  'network',
  'blocks',
  'document',
  'lower',
  'templates',
  'weights',
  'data',
  'recipe',
  'compile',
  'engines',
  'training',
  'runs',
  'compare',
  'experiments',
  'formats',
  'services',
  'hosts',
];

const overrides = rooms.map((room, i) => ({
  includes: [`src/${room}/**/*.ts`, `!src/${room}/**/*.test.ts`],
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: {
            patterns: [
              {
                group: [
                  ...rooms.slice(i + 1).map((later) => `**/${later}/**`),
                  'react',
                  'react-dom',
                  'electron',
                ],
                message: `${room} must not use a room below it; see docs/architecture.md.`,
              },
            ],
          },
        },
      },
    },
  },
}));

const pure = {
  includes: ['src/**/*.ts', '!src/**/*.node.ts', '!src/**/*.test.ts', '!src/hosts/**'],
  linter: { rules: { correctness: { noNodejsModules: 'error' } } },
};

const forbid = (group, message) => ({
  linter: {
    rules: {
      style: { noRestrictedImports: { level: 'error', options: { patterns: [{ group, message }] } } },
    },
  },
});
const page = {
  includes: ['renderer/**/*.ts', 'renderer/**/*.tsx', '!renderer/vite.config.ts', '!renderer/**/*.test.ts'],
  ...forbid(
    ['**/*.node.ts', '**/hosts/**', 'electron', '**/electron/**', 'node:*'],
    'The page runs in a browser: it uses the pure rooms and the contract.',
  ),
};
const electron = {
  includes: ['electron/**/*.ts', '!electron/**/*.test.ts'],
  ...forbid(
    ['**/renderer/**', 'react', 'react-dom'],
    'Electron only hosts the page; it speaks the contract with it.',
  ),
};
// Reduced motion must win over every rule.
const styles = {
  includes: ['renderer/styles/*.css'],
  linter: { rules: { complexity: { noImportantStyles: 'off' }, style: { noDescendingSpecificity: 'off' } } },
};

const config = {
  $schema: 'https://biomejs.dev/schemas/2.5.15/schema.json',
  files: { includes: ['**', '!scripts/reference/*.json', '!bench/results'] },
  vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
  javascript: { formatter: { quoteStyle: 'single' } },
  linter: { rules: { preset: 'recommended' } },
  overrides: [...overrides, pure, page, electron, styles],
};
writeFileSync(new URL('../biome.json', import.meta.url), `${JSON.stringify(config, null, 2)}\n`);
