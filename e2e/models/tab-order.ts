import type { Page } from '@playwright/test';

/** What came to have the focus. */
export interface Stop {
  /** What it is, to be named in a report. */
  readonly name: string;
  /** Whether somebody who looks can tell that it has the focus. */
  readonly isVisible: boolean;
  /** Its place among all that can have the focus, in the order of the document. */
  readonly place: number;
}

const reachable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex]';

/**
 * Walks through the page by Tab alone, from its beginning until the focus leaves the document or has come round. `missed`
 * are those that can be reached and were not.
 */
export async function walkByTab(page: Page): Promise<{ stops: Stop[]; missed: string[]; isLeft: boolean }> {
  const expected = await page.evaluate((selector) => {
    const nameOf = (element: Element): string => {
      const text = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30);
      return `${element.tagName.toLowerCase()}[${element.getAttribute('data-testid') ?? element.className}] ${text}`;
    };
    const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.closest('[inert]') &&
        element.getAttribute('data-base-ui-focus-guard') === null,
    );
    const stops: { name: string; isVisible: boolean; place: number }[] = [];
    const seen = new Set<Element>();
    Object.assign(window, { walked: { all, seen, stops, nameOf } });
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      seen.add(target);
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
      // A box around a field shows it for the field.
      const around = [target.closest('label'), target.parentElement].flatMap((each) => each ?? []);
      const isOutlined = (style: string, width: string): boolean =>
        style !== 'none' && parseFloat(width) >= 1;
      stops.push({
        name: nameOf(target),
        isVisible:
          isOutlined(outlineStyle, outlineWidth) ||
          boxShadow !== 'none' ||
          around.some((each) => {
            const style = getComputedStyle(each);
            return isOutlined(style.outlineStyle, style.outlineWidth);
          }),
        place: all.indexOf(target),
      });
    });
    (document.activeElement as HTMLElement | null)?.blur();
    window.getSelection()?.removeAllRanges();
    return all.length;
  }, reachable);
  for (let pressed = 0; pressed < expected + 4; pressed++) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const { walked } = window as unknown as {
      walked: { all: HTMLElement[]; seen: Set<Element>; stops: Stop[]; nameOf: (element: Element) => string };
    };
    const again = walked.stops.findIndex(({ place }, at) => at > 0 && place === walked.stops[0]?.place);
    return {
      stops: again < 0 ? walked.stops : walked.stops.slice(0, again),
      missed: walked.all
        .filter((element) => element.isConnected && !walked.seen.has(element))
        .map(walked.nameOf),
      isLeft: again >= 0,
    };
  });
}
