/**
 * Chromium started under a locale such as C or POSIX names a language that `Intl` refuses (en-US@posix), and uPlot asks
 * for its numbers as soon as it is loaded: the page would stay empty. Imported before everything else.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
