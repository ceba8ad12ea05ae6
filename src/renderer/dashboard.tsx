import { createRoot } from 'react-dom/client';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import './design/tokens.css';
import './design/fonts.css';
import './design/base.css';
import './design/components.css';
import './design/page.css';
import './design/tables.css';
import './design/sheet.css';
import './design/dashboard.css';
import './design/overview.css';
import './design/processes.css';
import './design/dialog.css';
import './design/pairing.css';
import './design/sharing.css';
import './design/viewers.css';
import './design/kiosk.css';
import { Commands } from './commands/commands.tsx';
import { DesignRoot } from './design/components/design-root.tsx';
import { startPage } from './start-page.ts';
import { findBridge } from './transport/find-bridge.ts';
import { connectByIpc } from './transport/ipc-transport.ts';
import { BrowserApp } from './views/browser-app.tsx';
import { DashboardPage } from './views/dashboard-page.tsx';
import { Localized } from './views/localized.tsx';
import { SessionPage } from './views/session-page.tsx';

const bridge = findBridge();
await startPage();
createRoot(document.getElementById('root')!).render(
  <DesignRoot>
    {bridge ? (
      <SessionPage clock={systemClock} connect={connectByIpc(bridge, 'window')} clientName="Dashboard">
        <Localized>
          <Commands>
            <DashboardPage />
          </Commands>
        </Localized>
      </SessionPage>
    ) : (
      <BrowserApp>
        <Localized>
          <Commands>
            <DashboardPage />
          </Commands>
        </Localized>
      </BrowserApp>
    )}
  </DesignRoot>,
);
