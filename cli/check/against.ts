import { MappingError } from '../../shared/errors.ts';
import type { Metadata } from '../../shared/lime/wire.ts';
import { toDrafts } from '../../shared/mapping/draft.ts';
import { completePlan } from '../../shared/mapping/plan/plan.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { scopeOf } from '../../shared/mapping/values/source.ts';
import type { Conversation } from '../../shared/userlike/conversation.ts';
import { generalised } from '../fields/catalogue.ts';
import type { CheckFinding } from './finding.ts';

/** Real conversations that settings are checked against. */
export type Against = {
  file: string;
  conversations: readonly Conversation[];
  /** The paths that they hold, with `0` for any position. */
  paths: readonly string[];
};

export function againstOf(file: string, conversations: readonly Conversation[]): Against {
  const paths = new Set(conversations.flatMap((conversation) => leavesOf(scopeOf(conversation))).map(generalised));
  return { file, conversations, paths: [...paths] };
}

function leavesOf(value: unknown, path = ''): string[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) => leavesOf(child, path === '' ? key : `${path}.${key}`))
      : [];
  return path === '' ? inner : [path, ...inner];
}

/** Findings about conversations. The mapper's own plan says what it leaves out, and why it parks one. */
export function findingsAgainst({ conversations }: Against, settings: Settings, metadata: Metadata): CheckFinding[] {
  const findings = conversations.flatMap((conversation) => planFindings(conversation, settings, metadata));
  const byText = new Map(findings.map((finding) => [`${finding.path} ${finding.rule}`, finding]));
  return [...byText.values()];
}

/** The message of an error begins with its path. */
function withoutPath({ message, path }: MappingError): string {
  return path === undefined ? message : message.slice(path.length + ': '.length);
}

function planFindings(conversation: Conversation, settings: Settings, metadata: Metadata): CheckFinding[] {
  const about = `conversation ${conversation.id}`;
  const parked = (error: unknown): CheckFinding[] => {
    if (!(error instanceof MappingError)) throw error;
    return [{ severity: 'error', path: error.path ?? 'instances', rule: `${about} is parked: ${withoutPath(error)}` }];
  };
  try {
    return toDrafts(conversation, settings).flatMap((draft) => {
      try {
        const { omitted } = completePlan(draft, metadata, new Date(0).toISOString());
        return omitted.map(({ path, message }): CheckFinding => {
          return { severity: 'error', path, rule: `left out of ${about}: ${message}` };
        });
      } catch (error) {
        return parked(error);
      }
    });
  } catch (error) {
    return parked(error);
  }
}
