export * from '../../src/base/markup.ts';
