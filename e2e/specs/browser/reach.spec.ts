import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { walkByTab } from '../../models/tab-order.ts';

const small = { cores: 4, interfaces: 3, disks: 2, services: 6, containers: 4, sensors: 6 };

test.use({ trace: 'off', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });

test('Tab alone reaches everything on every page, shows where it is, and is held nowhere', async ({
  host,
  page,
}) => {
  test.setTimeout(180_000);
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(host.url);
  const navigation = new PageNavigation(page);
  for (const name of await navigation.names()) {
    await page.goto(`${host.url}#${name}`);
    await page.reload();
    await navigation.expectShown(name);
    await fake.tick(2);
    await navigation.expectSettled();
    const { stops, missed, isLeft } = await walkByTab(page);
    expect.soft(missed, `${name}: not reached`).toEqual([]);
    expect.soft(isLeft, `${name}: comes round`).toBe(true);
    expect
      .soft(
        stops.filter(({ isVisible }) => !isVisible),
        `${name}: focus not seen`,
      )
      .toEqual([]);
    const places = stops.map(({ place }) => place).filter((place) => place >= 0);
    expect.soft(places, `${name}: order`).toEqual([...places].sort((one, other) => one - other));
  }
});

test('at 200 % and with wide text nothing is lost, and steady figures are not read out', async ({
  host,
  page,
}) => {
  test.setTimeout(120_000);
  const fake = await SyntheticHost.behind(page, (second) => createSections(small, second));
  await page.goto(host.url);
  const navigation = new PageNavigation(page);
  const names = await navigation.names();

  await test.step('live regions say nothing while all is well, and nothing is ever assertive', async () => {
    for (const name of ['overview', 'processes', 'network', 'diagnostics']) {
      await navigation.open(name);
      await fake.tick(2);
      await navigation.expectSettled();
      await page.evaluate(() => {
        const heard: string[] = [];
        Object.assign(window, { heard });
        const selector = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
        for (const region of document.querySelectorAll(selector)) {
          new MutationObserver(() => heard.push(region.outerHTML.slice(0, 200))).observe(region, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        }
      });
      for (let passed = 0; passed < 30; passed++) {
        await fake.tick();
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
      expect
        .soft(await page.evaluate(() => (window as unknown as { heard: string[] }).heard), name)
        .toEqual([]);
      await expect.soft(page.locator('[role=alert], [aria-live=assertive]'), name).toHaveCount(0);
    }
  });

  await test.step('another page is told of once: by the focus, or by its title', async () => {
    const announcer = page.getByTestId('announcer');
    await navigation.open('memory');
    await expect(announcer).toHaveText('Page: Memory');
    await expect(navigation.entry('memory')).toBeFocused();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('2');
    await expect(page.locator('main')).toBeFocused();
    await expect(announcer).toHaveText('');
    await expect(page).toHaveTitle(/^Processor/);
  });

  await test.step('a screen at 200 %, 640 × 400', async () => {
    await page.setViewportSize({ width: 640, height: 400 });
    for (const name of names) {
      await navigation.open(name);
      await fake.tick(2);
      await navigation.expectSettled();
      expect.soft(await findLoss(), `${name} at 200 %`).toEqual([]);
    }
  });

  await test.step('lines, letters and words further apart, as WCAG 1.4.12 has it', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      );
      document.adoptedStyleSheets.push(sheet);
    });
    for (const name of names) {
      await navigation.open(name);
      await fake.tick(2);
      await navigation.expectSettled();
      expect.soft(await findLoss(), `${name} with wide text`).toEqual([]);
    }
  });

  /** What is cut off: the page at its side, and text that is higher than what holds it and cannot be scrolled to. */
  function findLoss(): Promise<string[]> {
    return page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const lost = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
        if (element.closest('.unseen-text, .visually-hidden, svg, canvas')) return false;
        const { overflowY, webkitLineClamp } = getComputedStyle(element);
        if (!['hidden', 'clip'].includes(overflowY) || webkitLineClamp !== 'none') return false;
        return element.textContent.trim() !== '' && element.scrollHeight > element.clientHeight + 2;
      });
      return [
        ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide, of ${clientWidth}`] : []),
        ...lost.map(
          (element) =>
            `${element.className || element.tagName}: ${element.scrollHeight} px of text in ${element.clientHeight}: ${element.textContent.slice(0, 40)}`,
        ),
      ];
    });
  }
});
