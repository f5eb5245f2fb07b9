import { renderTable } from '../table.ts';
import type { CheckFinding } from './finding.ts';

export function tableOfFindings(findings: readonly CheckFinding[]): string {
  return renderTable(
    ['SEVERITY', 'PATH', 'PROPERTY', 'RULE', 'SUGGESTION'].map((title) => ({ title })),
    findings.map(({ severity, path, property, rule, suggestion }) => [
      severity,
      path || '(root)',
      property,
      rule,
      suggestion,
    ]),
  );
}
