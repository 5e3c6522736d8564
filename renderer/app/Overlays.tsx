import { GroupDialog } from '../canvas/GroupDialog.tsx';
import { AddDataDialog } from '../data/AddDataDialog.tsx';
import { EngineDialog } from '../engines/EngineDialog.tsx';
import { OpenDialog } from '../files/OpenDialog.tsx';
import { RecoveryDialog } from '../files/RecoveryDialog.tsx';
import { SaveDialog } from '../files/SaveDialog.tsx';
import { Gallery } from '../gallery/Gallery.tsx';
import { PictureDialog } from '../picture/PictureDialog.tsx';
import { show, useApp } from '../state/app.ts';
import { ExportDialog } from '../training/ExportDialog.tsx';
import { EvaluateDialog } from '../use/EvaluateDialog.tsx';
import { UseDialog } from '../use/UseDialog.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';

const close = () => show(null);

/** The one thing that lies above everything. */
export function Overlays() {
  const overlay = useApp((s) => s.overlay);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'gallery':
      return <Gallery onClose={close} />;
    case 'open':
      return <OpenDialog onClose={close} />;
    case 'save':
      return <SaveDialog onClose={close} then={overlay.then} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    case 'picture':
      return <PictureDialog onClose={close} />;
    case 'group':
      return <GroupDialog onClose={close} />;
    case 'export':
      return <ExportDialog run={overlay.run} onClose={close} />;
    case 'evaluate':
      return <EvaluateDialog run={overlay.run} onClose={close} />;
    case 'use':
      return <UseDialog run={overlay.run} onClose={close} />;
    case 'engine':
      return <EngineDialog onClose={close} />;
    case 'data':
      return <AddDataDialog key={overlay.id} id={overlay.id} onClose={close} />;
    case 'recovery':
      return <RecoveryDialog onClose={close} />;
    case 'question':
      return <QuestionDialog key={overlay.title} {...overlay} onClose={close} />;
  }
}
