import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What WCAG 2.2 asks for at levels A and AA, and what the makers of the rules recommend beside it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What of the page as it stands breaks a rule: one line each, with the rule, the place and what is wrong. Empty where nothing does.
 * `contrast` is all that another theme can change. */
export async function findViolations(page: Page, only?: 'contrast'): Promise<string[]> {
  const runOnly = only ? { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] } : tags;
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly,
      resultTypes: ['violations'],
      ...(only ? {} : { rules: { 'target-size': { enabled: true } } }),
    })
    .setLegacyMode(true)
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return `${id} at ${target.join(' ')}: ${why}`;
    }),
  );
}
