import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Language } from '../../notes/translations/language.ts';
import type { Refresh } from './refresh.ts';
import { pageTranslations } from './translations.ts';

export type Page = {
  language: Language;
  title: string;
  /** What is happening, and what to do. */
  texts: readonly string[];
  conversation?: string | undefined;
  /** The time of the next try. */
  nextTry?: string | undefined;
  /** The limeobject's address. */
  url?: string | undefined;
  refresh?: Refresh | undefined;
};

/** Headers of every answer to an operator's link. */
export const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page runs nothing, sends nothing and cannot be framed. default-src does not cover the last three directives. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-frame-options': 'DENY',
};

/** Long words and addresses break, so that nothing is wider than a phone. */
const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#222;background:#fff;overflow-wrap:anywhere}' +
  'main{max-width:34em;margin:12vh auto;padding:0 1.5em}h1{font-size:1.4em;line-height:1.25}' +
  'dl{display:grid;grid-template-columns:auto 1fr;gap:.25em 1em;margin:1.5em 0}dt{color:#595959}dd{margin:0}a{color:#0b57d0}' +
  '@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1b1b1b}dt{color:#a8a8a8}a{color:#8ab4f8}}';

/** @param vary request headers that change the page */
export function pageResponse(statusCode: number, page: Page, vary: string): APIGatewayProxyStructuredResultV2 {
  const { language } = page;
  return {
    statusCode,
    headers: {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      vary,
      ...pageHeaders,
    },
    body: htmlOf(page),
  };
}

function htmlOf({ language, title, texts, conversation, nextTry, url, refresh }: Page): string {
  const labels = pageTranslations[language];
  const facts = [
    ...(conversation === undefined ? [] : [[labels.conversation, conversation] as const]),
    ...(nextTry === undefined ? [] : [[labels.nextTry, nextTry] as const]),
  ];
  const lines = [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    ...(refresh === undefined
      ? []
      : [`<meta http-equiv="refresh" content="${refresh.seconds}; url=${escapeHtml(refresh.url)}">`]),
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '<main>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...texts.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(url === undefined ? [] : [`<p><a href="${escapeHtml(url)}">${escapeHtml(labels.open)}</a></p>`]),
    ...(facts.length === 0 ? [] : [`<dl>${facts.map(fact).join('')}</dl>`]),
    '</main>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

function fact([label, value]: readonly [string, string]): string {
  return `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
