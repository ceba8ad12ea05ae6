import { DesignRoot } from '../../design/components/design-root.tsx';
import { BrowserApp } from '../browser-app.tsx';
import { Localized } from '../localized.tsx';
import { QuickView } from './quick-view.tsx';

/** The quick view in a browser, as it is looked at while it is worked on. Not in the app's way: it is loaded apart. */
export function QuickInBrowser() {
  return (
    <DesignRoot>
      <BrowserApp>
        <Localized>
          <QuickView bridge={null} />
        </Localized>
      </BrowserApp>
    </DesignRoot>
  );
}
