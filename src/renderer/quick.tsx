import { createRoot } from 'react-dom/client';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import './design/tokens.css';
import './design/fonts.css';
import './design/base.css';
import './design/components.css';
import './design/pairing.css';
import './design/quick.css';
import { DesignRoot } from './design/components/design-root.tsx';
import { startPage } from './start-page.ts';
import { connectByIpc } from './transport/ipc-transport.ts';
import { BrowserApp } from './views/browser-app.tsx';
import { QuickView } from './views/quick-view.tsx';
import { Localized } from './views/localized.tsx';
import { SessionPage } from './views/session-page.tsx';

const bridge = await startPage();
createRoot(document.getElementById('root')!).render(
  <DesignRoot>
    {bridge ? (
      <SessionPage clock={systemClock} connect={connectByIpc(bridge, 'tray')} clientName="Quick view">
        <Localized>
          <QuickView bridge={bridge} />
        </Localized>
      </SessionPage>
    ) : (
      <BrowserApp>
        <Localized>
          <QuickView bridge={null} />
        </Localized>
      </BrowserApp>
    )}
  </DesignRoot>,
);
