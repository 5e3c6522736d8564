"""Ten training steps of small residual networks in PyTorch, from formula-made weights and pictures.

python ten_steps.py        writes ten_steps.json beside this file (see README.md).
"""
import json
import math
import platform
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
MASK = 0xFFFFFFFF
BATCH, STEPS = 8, 10


# --- the fill formula (its TypeScript twin is fill.ts) ---

def bits(path, count):
    h = 0x811C9DC5
    for byte in path.encode('ascii'):
        h = ((h ^ byte) * 0x01000193) & MASK
    out = []
    for i in range(count):  # plain integers on purpose: nothing here can overflow or round
        u = (h + i * 2654435761) & MASK
        u ^= u >> 16
        u = (u * 0x85EBCA6B) & MASK
        u ^= u >> 13
        u = (u * 0xC2B2AE35) & MASK
        out.append(u ^ (u >> 16))
    return out


def fill(path, shape, kind):
    v = np.array([u / 4294967296.0 * 2.0 - 1.0 for u in bits(path, math.prod(shape))], dtype=np.float64)
    if kind == 'kernel':
        v = v * math.sqrt(3.0 / math.prod(shape[:-1]))
    elif kind in ('bias', 'beta'):
        v = v * 0.1
    elif kind == 'gamma':
        v = 1.0 + 0.1 * v
    elif kind != 'images':
        raise ValueError(kind)
    return v.astype(np.float32).reshape(shape)


def labels(batch, count, classes):
    return np.array([int(u / 4294967296.0 * classes) for u in bits(f'labels/{batch}', count)], dtype=np.int64)


# --- layers; torch keeps [filters, c / groups, kh, kw] and [units, in], ours are [kh, kw, c / groups, filters] and [in, units] ---

def ours(tensor):
    if tensor.dim() == 4:
        return tensor.permute(2, 3, 1, 0)
    return tensor.t() if tensor.dim() == 2 else tensor


def theirs(array):
    tensor = torch.from_numpy(array)
    if tensor.dim() == 4:
        tensor = tensor.permute(3, 2, 0, 1)
    elif tensor.dim() == 2:
        tensor = tensor.t()
    return tensor.contiguous()


def same_sides(size, k, s):
    total = max((math.ceil(size / s) - 1) * s + k - size, 0)
    return total // 2, total - total // 2


def padded(x, k, s, flavour, value=0.0):
    if flavour == 'torchvision':
        return F.pad(x, ((k - 1) // 2,) * 4, value=value)
    left, right = same_sides(x.shape[3], k, s)
    top, bottom = same_sides(x.shape[2], k, s)
    return F.pad(x, (left, right, top, bottom), value=value)


class Conv(nn.Module):
    def __init__(self, path, flavour, c, filters, k, s=1, groups=1):
        super().__init__()
        self.flavour, self.k, self.s, self.groups = flavour, k, s, groups
        self.kernel = nn.Parameter(theirs(fill(f'{path}/kernel', (k, k, c // groups, filters), 'kernel')))
        self.bias = nn.Parameter(theirs(fill(f'{path}/bias', (filters,), 'bias'))) if flavour == 'd2l' else None

    def forward(self, x):
        x = padded(x, self.k, self.s, self.flavour)
        return F.conv2d(x, self.kernel, self.bias, self.s, 0, 1, self.groups)


class Norm(nn.Module):
    """torchvision: torch's own batch norm (unbiased running variance). d2l: the running variance takes the biased one."""

    def __init__(self, path, flavour, c):
        super().__init__()
        self.flavour = flavour
        self.gamma = nn.Parameter(theirs(fill(f'{path}/gamma', (c,), 'gamma')))
        self.beta = nn.Parameter(theirs(fill(f'{path}/beta', (c,), 'beta')))
        self.register_buffer('movingMean', torch.zeros(c))
        self.register_buffer('movingVariance', torch.ones(c))

    def forward(self, x):
        if self.training and self.flavour == 'd2l':
            with torch.no_grad():
                mean = x.mean((0, 2, 3))
                biased = ((x - mean[:, None, None]) ** 2).mean((0, 2, 3))
                self.movingMean.mul_(0.9).add_(mean, alpha=0.1)
                self.movingVariance.mul_(0.9).add_(biased, alpha=0.1)
            return F.batch_norm(x, None, None, self.gamma, self.beta, True, 0.0, 1e-5)
        return F.batch_norm(
            x, self.movingMean, self.movingVariance, self.gamma, self.beta, self.training, 0.1, 1e-5
        )


class Dense(nn.Module):
    def __init__(self, path, c, units):
        super().__init__()
        self.kernel = nn.Parameter(theirs(fill(f'{path}/kernel', (c, units), 'kernel')))
        self.bias = nn.Parameter(theirs(fill(f'{path}/bias', (units,), 'bias')))

    def forward(self, x):
        return F.linear(x, self.kernel, self.bias)


class Block(nn.Module):
    def __init__(self, path, flavour, c, stage, s):
        super().__init__()
        kind, width = stage['kind'], stage['filters']
        if kind == 'basic':
            layers, out = [(width, 3, s, 1), (width, 3, 1, 1)], width
        elif kind == 'bottleneck':
            out = width * stage['expansion']
            layers = [(width, 1, 1, 1), (width, 3, s, 1), (out, 1, 1, 1)]
        else:
            inner, out = round(width * stage['botMul']), width
            layers = [(inner, 1, 1, 1), (inner, 3, s, stage['groups']), (out, 1, 1, 1)]
        self.count, self.out = len(layers), out
        inside = c
        for i, (filters, k, strides, groups) in enumerate(layers, 1):
            setattr(self, f'conv{i}', Conv(f'{path}/conv{i}', flavour, inside, filters, k, strides, groups))
            setattr(self, f'bn{i}', Norm(f'{path}/bn{i}', flavour, filters))
            inside = filters
        self.shortcut = None
        if s != 1 or c != out:
            self.shortcut = nn.ModuleDict({'conv': Conv(f'{path}/shortcut/conv', flavour, c, out, 1, s)})
            if flavour == 'torchvision' or kind == 'resnext':
                self.shortcut['bn'] = Norm(f'{path}/shortcut/bn', flavour, out)

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f'bn{i}')(getattr(self, f'conv{i}')(y))
            y = F.relu(y) if i < self.count else y
        if self.shortcut is not None:
            for part in self.shortcut.values():
                x = part(x)
        return F.relu(x + y)


class Network(nn.Module):
    def __init__(self, spec):
        super().__init__()
        flavour, c = spec['flavour'], spec['stemFilters']
        self.flavour = flavour
        self.stem = nn.ModuleDict(
            {'conv': Conv('stem/conv', flavour, spec['input'][2], c, 7, 2), 'bn': Norm('stem/bn', flavour, c)}
        )
        self.stages = []
        for n, stage in enumerate(spec['stages'], 1):
            blocks = nn.ModuleList()
            for i in range(stage['blocks']):
                blocks.append(Block(f'stage{n}/{i}', flavour, c, stage, stage['strides'] if i == 0 else 1))
                c = blocks[-1].out
            setattr(self, f'stage{n}', blocks)
            self.stages.append(blocks)
        self.head = nn.ModuleDict({'fc': Dense('head/fc', c, spec['classes'])})

    def forward(self, x):
        x = F.relu(self.stem['bn'](self.stem['conv'](x)))
        x = F.max_pool2d(padded(x, 3, 2, self.flavour, -math.inf), 3, 2)
        for blocks in self.stages:
            for block in blocks:
                x = block(x)
        return self.head['fc'](F.adaptive_avg_pool2d(x, 1).flatten(1))


# --- cases ---

def optimizer_for(spec, parameters):
    rate, decay = spec['learningRate'], spec['weightDecay']
    if spec['kind'] in ('adam', 'adamw'):
        make = torch.optim.Adam if spec['kind'] == 'adam' else torch.optim.AdamW
        return make(parameters, lr=rate, betas=(0.9, 0.999), eps=1e-7, weight_decay=decay)
    momentum = 0.0 if spec['kind'] == 'sgd' else 0.9
    return torch.optim.SGD(
        parameters, lr=rate, momentum=momentum, nesterov=spec['kind'] == 'nesterov', weight_decay=decay
    )


def name_of(parameter):  # 'stage1.0.conv1.kernel' is 'stage1/0/conv1/kernel'
    return parameter.replace('.', '/')


def train(network, optimizer, dtype):
    model = Network(network).to(dtype).train()
    trainer = optimizer_for(optimizer, list(model.parameters()))
    height, width, c = network['input']

    def images(b):
        return torch.from_numpy(fill(f'images/{b}', (BATCH, height, width, c), 'images')).to(dtype).permute(0, 3, 1, 2)

    losses, gradients = [], {}
    for b in range(STEPS):
        trainer.zero_grad()
        target = torch.from_numpy(labels(b, BATCH, network['classes']))
        loss = F.cross_entropy(model(images(b)), target)
        loss.backward()
        if b == 0:
            gradients = {name_of(n): ours(p.grad).clone().contiguous() for n, p in model.named_parameters()}
        trainer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        logits = model(images(0))[:2]
    running = {name_of(n): b.clone() for n, b in model.named_buffers()}
    return losses, gradients, running, logits


def digits(x):
    return float(f'{x:.9g}')


def gradient_entry(g, double):
    flat = g.double().flatten()
    at = sorted({0, len(flat) // 2, len(flat) - 1})
    return {
        'norm': digits(flat.norm().item()),
        'sum': digits(flat.sum().item()),
        'largest': digits(flat.abs().max().item()),
        'at': [[i, digits(flat[i].item())] for i in at],
        'zero': is_zero(double),
    }


def furthest(single, double):
    """Largest distance over all tensors, each relative to its largest number; tensors that are zero in float64 aside."""
    return max(
        (single[n].double() - t).abs().max().item() / t.abs().max().item() for n, t in double.items() if not is_zero(t)
    )


def is_zero(double):
    """A bias before a batch norm: its gradient is zero but for rounding."""
    return double.abs().max().item() < 1e-12


def case_result(name, network, optimizer, note=''):
    losses, gradients, running, logits = train(network, optimizer, torch.float32)
    losses64, gradients64, running64, logits64 = train(network, optimizer, torch.float64)
    return {
        'name': name,
        'network': network,
        'optimizer': optimizer,
        'batchSize': BATCH,
        'note': note,
        'losses': [digits(x) for x in losses],
        'float64Losses': [digits(x) for x in losses64],
        'apart': {
            'losses': digits(max(abs(a - b) / b for a, b in zip(losses, losses64))),
            'firstGradients': digits(furthest(gradients, gradients64)),
            'running': digits(furthest(running, running64)),
            'evalLogits': digits(furthest({'': logits}, {'': logits64})),
        },
        'firstGradients': {path: gradient_entry(g, gradients64[path]) for path, g in gradients.items()},
        'runningAfter': {path: {'sum': digits(t.double().sum().item())} for path, t in running.items()},
        'evalLogits': [[digits(x) for x in row] for row in logits.tolist()],
    }


def spec(flavour, size, stages):
    return {'flavour': flavour, 'input': size, 'classes': 10, 'stemFilters': 8, 'stages': stages}


def stage(kind, blocks, filters, strides, **more):
    return {'kind': kind, 'blocks': blocks, 'filters': filters, 'strides': strides, **more}


BASIC = [stage('basic', 2, 8, 1), stage('basic', 2, 16, 2)]
BOTTLENECK = [stage('bottleneck', 1, 4, 1, expansion=4), stage('bottleneck', 2, 8, 2, expansion=4)]
RESNEXT = [stage('resnext', 2, 16, 1, groups=4, botMul=1), stage('resnext', 1, 32, 2, groups=4, botMul=1)]
A = spec('d2l', [20, 20, 1], BASIC)
B = spec('torchvision', [21, 21, 3], BASIC)
C = spec('torchvision', [20, 20, 3], BOTTLENECK)
D = spec('d2l', [20, 20, 1], RESNEXT)


def by(kind, rate, decay=0.0):
    return {'kind': kind, 'learningRate': rate, 'weightDecay': decay}


SGD_NOTE = (
    'learning rate 0.05, not 0.1: at 0.1 losses agree to 2e-7, but in the tenth step a ReLU input so near zero that '
    'float32 and float64 disagree on its sign moves the evaluation logits by 0.4 percent'
)
RESNEXT_NOTE = 'learning rate 0.002, not 0.01: at 0.01 float32 and float64 losses part by 1e-3, at 0.005 by 4e-5'
ADAM_NOTE = (
    'a conv bias before a batch norm has zero gradient; Adam divides its rounding noise by its own size, so in float32 '
    'such biases wander by up to the learning rate a step and running means and evaluation logits carry that: '
    'compare them loosely (see apart)'
)
CASES = [
    ('d2l, sgd', A, by('sgd', 0.05), SGD_NOTE),
    ('d2l, momentum', A, by('momentum', 0.01)),
    ('d2l, nesterov', A, by('nesterov', 0.01)),
    ('d2l, adam', A, by('adam', 0.001), ADAM_NOTE),
    ('d2l, adamw', A, by('adamw', 0.001, 0.01), ADAM_NOTE),
    ('d2l, sgd with weight decay', A, by('sgd', 0.1, 5e-4)),
    ('torchvision, momentum', B, by('momentum', 0.01)),
    ('bottleneck, momentum', C, by('momentum', 0.01)),
    ('resnext, momentum', D, by('momentum', 0.002), RESNEXT_NOTE),
]
SAMPLES = [
    ('stem/conv/kernel', [7, 7, 1, 8], 'kernel'),
    ('stem/bn/gamma', [8], 'gamma'),
    ('head/fc/bias', [10], 'bias'),
    ('images/0', [8, 20, 20, 1], 'images'),
]


def main():
    result = {
        'versions': {'torch': torch.__version__, 'numpy': np.__version__, 'python': platform.python_version()},
        'fill': [
            {'path': p, 'shape': s, 'kind': k, 'first': [float(x) for x in fill(p, s, k).flatten()[:4]]}
            for p, s, k in SAMPLES
        ],
        'labels': [{'batch': b, 'values': labels(b, BATCH, 10).tolist()} for b in (0, 9)],
        'cases': [case_result(*c) for c in CASES],
    }
    for c in result['cases']:
        print(c['name'], c['apart'])
    Path(__file__).with_name('ten_steps.json').write_text(json.dumps(result) + '\n')


if __name__ == '__main__':
    main()
