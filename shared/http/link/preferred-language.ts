import { type Language, languageNamed, languages } from '../../notes/translations/language.ts';

/** The available language that the browser prefers. Default: English. */
export function preferredLanguage(acceptLanguage = ''): Language {
  return (
    acceptLanguage
      .slice(0, MAX_HEADER_LENGTH)
      .split(',')
      .flatMap((entry) => {
        const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
        const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
        const language = languageNamed(tag);
        return language === undefined || !(quality > 0) ? [] : [{ language, quality }];
      })
      .toSorted((one, other) => other.quality - one.quality)[0]?.language ?? languages[0]
  );
}

const MAX_HEADER_LENGTH = 1_000;
