import { expect, it } from 'vitest';
import { deriveTourSteps } from './tour-steps.ts';

it('tells of the tray and of sharing only where there is one and the other', () => {
  expect(deriveTourSteps(true).map(({ name }) => name)).toEqual(['overview', 'busy', 'keys', 'tray']);
  expect(deriveTourSteps(false).map(({ name }) => name)).toEqual(['overview', 'busy', 'keys']);
});
