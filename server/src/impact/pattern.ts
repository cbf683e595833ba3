import type { Edit } from '../model/edit.js';

/**
 * Whether a protocol's `covers` or an agreement's `approves` means an edit: `replace site of LRG-S5`,
 * `modify parameter of step`, `modify batch-size of LRG-S5`, `any edit`. A pattern that says nothing
 * understandable matches nothing; the registry's own check reports it.
 */
export function patternMatches(pattern: string, edit: Edit): boolean {
  const words = pattern.trim().split(/\s+/);
  if (words.join(' ') === 'any edit') return true;
  const [action, part, of, subject] = words;
  if (words.length !== 4 || of !== 'of') return false;
  return (
    action === edit.action &&
    (edit.parts.includes(part!) || edit.attribute === part) &&
    (subject === edit.subject || subject === edit.subjectKind)
  );
}
