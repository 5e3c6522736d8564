import { useApp } from '../state/app.ts';
import { Dialog } from '../ui/Dialog.tsx';

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const info = useApp((s) => s.info);
  return (
    <Dialog title="Stemma" onClose={onClose} width={440}>
      <div className="about text-selectable">
        <p>
          Draw a network of residual blocks, see every tensor shape, train it on your own machine, take it
          elsewhere.
        </p>
        <dl>
          <dt>Version</dt>
          <dd>{info?.version ?? 'unknown'}</dd>
          <dt>Runs in</dt>
          <dd>{info?.host === 'electron' ? 'a window of its own' : 'your browser'}</dd>
          <dt>Drawings</dt>
          <dd>{info?.documentsFolder}</dd>
          <dt>Runs</dt>
          <dd>{info?.runsFolder}</dd>
          <dt>Licence</dt>
          <dd>MIT</dd>
        </dl>
      </div>
    </Dialog>
  );
}
