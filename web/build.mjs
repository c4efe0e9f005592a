// Makes what browsers get: the design system's style with only the rules that the pages use, fonts, and the charts' scripts; each also as Brotli.
import { PurgeCSS } from 'purgecss';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
if (!target) {
  console.error('build.mjs: say which folder to write to');
  process.exit(2);
}
const modules = join(here, 'node_modules');
const source = join(here, '..', 'src', 'Fikspunkt.Web');
rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'fonts'), { recursive: true });

// The design system's own faces would be fetched from places that are not there.
const designSystem = readFileSync(join(modules, 'dkfds', 'dist', 'css', 'dkfds.min.css'), 'utf8').replace(/@font-face\s*\{[^}]*\}/g, '').replace(/\/\*#.*?\*\//g, '');
const [purged] = await new PurgeCSS().purge({
  content: [join(source, 'Pages', '**', '*.cshtml'), join(source, '**', '*.cs'), join(here, 'site', 'site.js')].map((path) => path.replaceAll('\\', '/')),
  css: [{ raw: designSystem }],
  variables: true,
  keyframes: true,
  safelist: ['html', 'body'],
});
const own = readFileSync(join(here, 'site', 'site.css'), 'utf8');
const small = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').trim();
const images = /url\((['"]?)(?!data:|#|\/s\/)[^)]*\1\)/g;
writeFileSync(join(target, 'site.css'), `${small(purged.css.replace(images, 'none'))}\n${small(own)}`);

for (const face of ['Regular', 'SemiBold']) {
  copyFileSync(join(modules, 'dkfds', 'dist', 'fonts', 'IBMPlexSans', 'split', 'woff2', `IBMPlexSans-${face}-Latin1.woff2`), join(target, 'fonts', `${face}.woff2`));
}
for (const name of ['vega', 'vega-lite', 'vega-embed']) {
  copyFileSync(join(modules, name, 'build', `${name}.min.js`), join(target, `${name}.min.js`));
}
for (const name of ['site.js', 'icon.svg']) {
  copyFileSync(join(here, 'site', name), join(target, name));
}
for (const name of readdirSync(target).filter((file) => /\.(js|css|svg)$/.test(file))) {
  const bytes = readFileSync(join(target, name));
  writeFileSync(join(target, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
