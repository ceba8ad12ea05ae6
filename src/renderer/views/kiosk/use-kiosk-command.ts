import { useMemo } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/commands-context.ts';
import { kioskAddress } from './kiosk-address.ts';
import { fillScreen } from './use-kiosk-screen.ts';

/** The way to the wall screen with what is on the page; there is none on the wall screen itself, which has one back. */
export function useKioskCommand(page: string, isKiosk: boolean): void {
  const commands = useMemo<readonly Command[]>(
    () =>
      isKiosk
        ? []
        : [
            {
              id: 'view.kiosk',
              title: () => t('kiosk:enter'),
              group: 'view',
              keys: 'g k',
              run: () => enterKiosk(page),
            },
          ],
    [page, isKiosk],
  );
  useCommands(commands);
}

/** Shows a page on the wall screen, filling the screen where the browser lets it. */
export function enterKiosk(page: string): void {
  void fillScreen();
  location.hash = kioskAddress(page, true);
}
