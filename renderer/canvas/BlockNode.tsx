import { Handle, type NodeProps, Position } from '@xyflow/react';
import { AlertTriangle, CircleAlert } from 'lucide-react';
import { memo } from 'react';
import { shape, short } from '../ui/format.ts';
import { Tip } from '../ui/Tip.tsx';
import { categoryOf, titleOf } from './catalogue.ts';
import { copiesOf, figuresOf, problemsInWords, skipOf } from './figures.ts';
import type { BlockFlowNode } from './flow.ts';
import { categoryIcons } from './icons.ts';
import { NameField } from './NameField.tsx';
import { Port } from './Port.tsx';
import { portAt, portX } from './ports.ts';
import type { SceneNode } from './scene.ts';
import { setUi, useCanvasUi } from './ui.ts';

/** A node: category, name, type; shape and cost; ports; problems. */
export const BlockNode = memo(function BlockNode({ data: { scene, own } }: NodeProps<BlockFlowNode>) {
  const { key, node, problems, opened } = scene;
  const renaming = useCanvasUi((s) => s.renaming === key);
  const category = categoryOf(node.type);
  const Icon = categoryIcons[category];
  const copies = copiesOf(scene, own);
  const error = problems.some((d) => d.severity === 'error');
  return (
    <div
      className="block"
      data-category={category}
      data-opened={opened || undefined}
      data-problem={error ? 'error' : problems.length > 0 ? 'warning' : undefined}
      data-unused={problems.some((d) => d.code === 'graph/unused') || undefined}
      data-inner={!scene.editable || undefined}
    >
      <Ports scene={scene} side="inputs" />
      <div className="block-head">
        <Icon className="block-icon" size={14} aria-hidden="true" />
        {renaming ? (
          <NameField id={key} name={node.name} />
        ) : (
          <span className="block-name" title={node.name}>
            {node.name}
          </span>
        )}
        {copies > 1 && <span className="block-copies">×{copies}</span>}
        <Skip has={skipOf(scene)} />
        {problems.length > 0 && <Badge scene={scene} error={error} />}
      </div>
      <div className="block-type">{titleOf(node.type, own)}</div>
      {opened ? <InnerPorts scene={scene} /> : <Figures scene={scene} />}
      <Ports scene={scene} side="outputs" />
    </div>
  );
});

function Ports({ scene, side }: { readonly scene: SceneNode; readonly side: 'inputs' | 'outputs' }) {
  const { key, node, item, width, editable, problems } = scene;
  const names = item.ports[side];
  return names.map((port, i) => (
    <Port
      key={port}
      node={key}
      name={node.name}
      port={port}
      side={side}
      x={portX(i, names.length, width)}
      label={names.length > 1 ? port : undefined}
      connected={side === 'inputs' && item.sources[i] !== undefined}
      open={editable}
      problem={side === 'inputs' && problems.some((d) => d.portId === port && d.severity === 'error')}
    />
  ));
}

/** Where the wires inside of an opened node begin and end. React Flow reads their places whenever the node grows. */
function InnerPorts({ scene }: { readonly scene: SceneNode }) {
  const { inputs, outputs } = scene.item.ports;
  const at = (port: string, begins: boolean) => {
    const { x, y } = portAt(scene, port, begins);
    return { left: x, top: y };
  };
  const fixed = { isConnectable: false, className: 'port-inner' };
  return (
    <>
      {inputs.map((name) => {
        const id = `inner:${name}`;
        return (
          <Handle key={id} id={id} type="source" position={Position.Bottom} style={at(id, true)} {...fixed} />
        );
      })}
      {outputs.map((name) => {
        const id = `inner:${name}`;
        return (
          <Handle key={id} id={id} type="target" position={Position.Top} style={at(id, false)} {...fixed} />
        );
      })}
    </>
  );
}

function Figures({ scene }: { readonly scene: SceneNode }) {
  const { fragment } = scene.item;
  const cost = [
    fragment.params > 0 && `${short(fragment.params)}${fragment.macs > 0 ? '' : ' params'}`,
    fragment.macs > 0 && `${short(fragment.macs)} MACs`,
  ].filter(Boolean);
  return (
    <Tip text={figuresOf(scene)}>
      <div className="block-figures">
        <span className="block-shape">{shape(fragment.outputs[0]?.shape)}</span>
        <span className="block-cost">{cost.join(' · ')}</span>
      </div>
    </Tip>
  );
}

function Badge({ scene, error }: { readonly scene: SceneNode; readonly error: boolean }) {
  const Icon = error ? CircleAlert : AlertTriangle;
  return (
    <button
      type="button"
      className="block-badge nodrag nopan"
      aria-label={`${problemsInWords(scene)} of ${scene.node.name}: show`}
      onClick={(e) => {
        e.stopPropagation();
        const { right, bottom } = e.currentTarget.getBoundingClientRect();
        setUi({ problems: { node: scene.node.id, port: null, screen: { x: right, y: bottom + 4 } } });
      }}
      onDoubleClick={(e) => e.stopPropagation()}
    >
      <Icon size={12} aria-hidden="true" />
      {scene.problems.length}
    </button>
  );
}

/** Whether a block's skip is there: a way around, or none. */
function Skip({ has }: { readonly has: boolean | undefined }) {
  if (has === undefined) return null;
  return (
    <svg className="block-skip" width="12" height="14" viewBox="0 0 12 14" role="img" data-has={has}>
      <title>{has ? 'With a skip around it' : 'Plain: without a skip'}</title>
      <path d="M4 1V13" />
      {has ? <path d="M4 2.5C10.5 2.5 10.5 11.5 4 11.5" /> : <path d="M9 4V10" strokeDasharray="1.5 2" />}
    </svg>
  );
}
