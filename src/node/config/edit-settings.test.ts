import { expect, it } from 'vitest';
import fc from 'fast-check';
import { editSettings } from './edit-settings.ts';

const set = (text: string, key: string, value: unknown): string =>
  editSettings(text, [{ path: key.split('.'), value }]);

it('changes the value and nothing else: order, indentation, line ends, and what makes no sense', () => {
  const text =
    '{\r\n\t"mine":   [1,2],\r\n\t"view": {\r\n\t\t"theme":"blue",\r\n\t\t"density": 7\r\n\t},\r\n\t"port": "x"\r\n}';
  expect(set(text, 'view.theme', 'dark')).toBe(text.replace('"blue"', '"dark"'));
  expect(set(text, 'view.motion', 'reduced')).toBe(
    text.replace('"density": 7', '"density": 7,\r\n\t\t"motion": "reduced"'),
  );
  expect(set(text, 'view.theme', undefined)).toBe(text.replace('"theme":"blue",\r\n\t\t', ''));
  expect(set(text, 'app.closeToTray', false)).toBe(
    text.replace('"port": "x"\r\n}', '"port": "x",\r\n\t"app": {\r\n\t\t"closeToTray": false\r\n\t}\r\n}'),
  );
});

it('writes as many spaces as stand there already, two where none do', () => {
  expect(set('{\n    "port": 1\n}\n', 'view.theme', 'dark')).toBe(
    '{\n    "port": 1,\n    "view": {\n        "theme": "dark"\n    }\n}\n',
  );
  expect(set('', 'view.theme', 'dark')).toBe('{\n  "view": {\n    "theme": "dark"\n  }\n}\n');
});

it('leaves the text where there is nothing to take away, and keeps the mark before it', () => {
  expect(set('{ "port":1 }', 'view.theme', undefined)).toBe('{ "port":1 }');
  expect(set('\uFEFF{"port":1}', 'port', 2)).toBe('\uFEFF{"port":2}');
});

it.each([
  ['{"port": 1', 'line 1: this is not JSON'],
  ['[]', 'it must be an object'],
  ['{"view": "dark"}', '"view" is no object there'],
  ['{"view": {"theme": "dark", "theme": "light"}}', '"view.theme" stands there more than once'],
])('refuses to change %j, and says why', (text, why) => {
  expect(() => set(text, 'view.theme', 'system')).toThrow(why);
});

it('leaves every other value of any file as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (rest, indented) => {
      const { view: _view, ...others } = rest;
      const text = JSON.stringify(others, null, indented ? 3 : undefined);
      const edited = JSON.parse(set(text, 'view.theme', 'dark')) as object;
      expect(edited).toEqual({ ...(JSON.parse(text) as object), view: { theme: 'dark' } });
    }),
  );
});
