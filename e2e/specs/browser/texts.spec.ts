import type { Page } from '@playwright/test';
import { SyntheticHost } from '../../fixtures/synthetic-host.ts';
import { createSections } from '../../fixtures/synthetic-machine.ts';
import { expect, test } from '../../fixtures/test.ts';
import { PageNavigation } from '../../models/page-navigation.ts';
import { pseudoMarks } from '../../../src/shared/texts/pseudo.ts';

const size = { cores: 8, interfaces: 4, disks: 3, services: 12, containers: 3, sensors: 8, processes: 20 };

/** What stands beside a number, names of standards, and parts of dates, which the locale writes. */
const international =
  /^([kKMGTPE]i?)?(B|bit|Hz|J|W|Wh|V|A|m?s|rpm|dBm|C|F|k|M|G|PID|CPU|IP|IPv4|IPv6|TCP|UDP|MTU|Jan|AM|PM)$/;

/** All that is wrong is told, not the first alone. */
const softly = expect.configure({ soft: true, timeout: 2_000 });

/** Texts that are shown without the marks of the pseudo-language, and are neither a name nor a unit. */
async function findUnmarked(page: Page): Promise<string[]> {
  const found = await page.evaluate(
    ([open, close]) => {
      const foreign = '[translate="no"], [lang="en"], .busy-strip strong, code, script, style, canvas';
      const outside: string[] = [];
      let depth = 0;
      const read = (text: string, where: string): void => {
        let rest = '';
        for (const character of text) {
          if (character === open) depth++;
          if (depth === 0) rest += character;
          if (character === close) depth--;
        }
        for (const [word] of rest.matchAll(/\p{L}+\d?/gu)) outside.push(`${word}\t${where}: ${text.trim()}`);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        if (element.closest(foreign) || !element.checkVisibility()) continue;
        read(node.nodeValue ?? '', `<${element.tagName.toLowerCase()} class="${element.className}">`);
      }
      // What is labelled with a name alone shows that name in it, or is that of what is around it.
      const names = new Set(
        [...document.querySelectorAll('[translate="no"]')].map(({ textContent }) => textContent),
      );
      for (const element of document.querySelectorAll(
        '[aria-label], button[title], a[title], [placeholder]',
      )) {
        if (element.closest(foreign) || !element.checkVisibility()) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) {
          const value = element.getAttribute(name);
          if (value === null || names.has(value) || value === element.getAttribute('data-name')) continue;
          if (name === 'title' && !element.matches('button, a')) continue;
          read(value, `${name} of <${element.tagName.toLowerCase()} class="${element.className}">`);
        }
      }
      if (depth !== 0) outside.push(`mark\tmarks do not pair: ${depth}`);
      return outside;
    },
    [...pseudoMarks],
  );
  const lines = found.map((line) => line.split('\t')).filter(([word]) => !international.test(word!));
  return [...new Set(lines.map(([, text]) => text!))];
}

/** Buttons and headings whose words do not fit in them, and the page where it is wider than the window. */
function findClipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clipped = [...document.querySelectorAll('button, h1, h2, h3, legend, label')]
      .filter((element) => element.checkVisibility() && !element.querySelector('[translate="no"]'))
      .filter((element) => !element.closest('[translate="no"], .visually-hidden'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(
        (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent}`,
      );
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth + 1) return clipped;
    const wide = [...document.querySelectorAll('main *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      ...clipped,
      `the page is ${scrollWidth} px wide: ${wide.at(0)?.className}, ${wide.at(-1)?.outerHTML}`,
    ];
  });
}

/** As another tab of the same browser would change them. */
async function prefer(page: Page, preferences: Readonly<Record<string, unknown>>): Promise<void> {
  await page.evaluate((wanted) => {
    localStorage.setItem('pulsewire.preferences', JSON.stringify(wanted));
    window.dispatchEvent(new StorageEvent('storage', { key: 'pulsewire.preferences' }));
  }, preferences);
}

test('every text of every page is of a catalogue, has room to be a third longer, and follows another choice live', async ({
  host,
  page,
}) => {
  const machine = await SyntheticHost.behind(page, (second) => createSections(size, second));
  await page.addInitScript(() =>
    localStorage.setItem('pulsewire.preferences', JSON.stringify({ language: 'en-XA', tourSeen: true })),
  );
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(host.url);
  const navigation = new PageNavigation(page);
  const names = await navigation.names();
  await machine.tick(3);
  for (const name of names) {
    await test.step(name, async () => {
      await page.evaluate((hash) => void (location.hash = hash), name);
      await navigation.expectShown(name);
      await machine.tick();
      await navigation.expectSettled();
      expect.soft(await findUnmarked(page), `${name}: texts in no catalogue`).toEqual([]);
      await softly.poll(() => findClipped(page), `${name}: clipped at 1280 px`).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      // A chart takes up its new width a frame later.
      await softly.poll(() => findClipped(page), `${name}: clipped at 360 px`).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  }

  await test.step('German, in bits, without another session', async () => {
    await page.evaluate(() => void (location.hash = 'network'));
    await navigation.expectShown('network');
    const before = Number(await page.locator('#root').getAttribute('data-seq'));
    await prefer(page, { language: 'de', traffic: 'bits', temperature: 'fahrenheit', tourSeen: true });
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await navigation.expectShown('network');
    await machine.tick(2);
    await expect(page.locator('#root')).toHaveAttribute('data-seq', String(before + 2));
    await expect(page.getByTestId('detail-rx')).toHaveText(/^\d+(,\d+)? [kMG]bit\/s$/);
    await page.evaluate(() => void (location.hash = 'sensors'));
    await navigation.expectShown('sensors');
    await machine.tick();
    await expect(page.getByTestId('sensor-value').first()).toHaveText(/^\d+(,\d+)? °F$/);
    await page.evaluate(() => void (location.hash = 'processor'));
    await navigation.expectShown('processor');
    await machine.tick();
    await expect(page.getByTestId('cpu-total')).toHaveText(/^\d+,\d %$/);
    await expect(page.getByRole('heading', { name: 'Kerne', exact: true })).toBeVisible();
    const titles = page.locator('.navigation__title');
    const cut = await titles.evaluateAll((all) =>
      all.filter((title) => title.scrollWidth > title.clientWidth).map((title) => title.textContent),
    );
    expect(cut, 'titles of the rail that are cut by the figures beside them').toEqual([]);
  });
});
