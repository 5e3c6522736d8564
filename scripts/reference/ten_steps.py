"""Ten training steps in PyTorch, from weights and pictures that a formula gives: an independent answer for our tests.

Run: pip install -r requirements.txt && python ten_steps.py > ten_steps.json
Only torch is used; layers are written with torch.nn.functional on a dictionary of tensors named by Stemma's paths.
"""
import json
import math
import sys

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def words(path, count):
    """Bits that depend on (path, index): FNV-1a of the path, then murmur3's finaliser of the running index."""
    h = 0x811C9DC5
    for byte in path.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    u = (np.uint64(h) + np.arange(count, dtype=np.uint64) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        u ^= u >> np.uint64(shift)
        u = (u * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return u


def signed(path, shape):
    return (words(path, math.prod(shape)) / 2.0**32 * 2 - 1).reshape(shape)


class Net:
    """Weights are made on first use, in Stemma's layout (kernels [kh, kw, c / groups, filters])."""

    def __init__(self, dtype, flavour):
        self.dtype, self.flavour, self.params, self.stats = dtype, flavour, {}, {}

    def param(self, path, shape, scale=1.0, shift=0.0):
        if path not in self.params:
            value = (shift + scale * signed(path, shape)).astype(np.float32)
            self.params[path] = torch.tensor(value, dtype=self.dtype, requires_grad=True)
        return self.params[path]

    def conv(self, x, path, filters, k, s=1, groups=1):
        c = x.shape[1] // groups
        kernel = self.param(path + '/kernel', (k, k, c, filters), math.sqrt(3 / (k * k * c)))
        bias = self.param(path + '/bias', (filters,), 0.1) if self.flavour == 'd2l' else None
        return F.conv2d(self.pad(x, k, s, 0.0), kernel.permute(3, 2, 0, 1), bias, stride=s, groups=groups)

    def pad(self, x, k, s, value):
        if self.flavour == 'torchvision':
            return F.pad(x, (k // 2,) * 4, value=value)
        sides = []
        for size in (x.shape[3], x.shape[2]):
            total = max((-(-size // s) - 1) * s + k - size, 0)
            sides += [total // 2, total - total // 2]
        return F.pad(x, sides, value=value)

    def norm(self, x, path, training):
        c = x.shape[1]
        gamma, beta = self.param(path + '/gamma', (c,), 0.1, 1.0), self.param(path + '/beta', (c,), 0.1)
        mean, var = self.stats.setdefault(path, [torch.zeros(c, dtype=self.dtype), torch.ones(c, dtype=self.dtype)])
        if training:
            m, v = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            n = x.numel() // c
            counted = v * n / (n - 1) if self.flavour == 'torchvision' else v
            self.stats[path] = [0.9 * mean + 0.1 * m.detach(), 0.9 * var + 0.1 * counted.detach()]
        else:
            m, v = mean, var
        shape = (1, c, 1, 1)
        return (x - m.view(shape)) / torch.sqrt(v.view(shape) + 1e-5) * gamma.view(shape) + beta.view(shape)

    def shortcut(self, x, path, filters, s, always_norm, training):
        if s == 1 and x.shape[1] == filters:
            return x
        y = self.conv(x, path + '/shortcut/conv', filters, 1, s)
        return self.norm(y, path + '/shortcut/bn', training) if always_norm or self.flavour == 'torchvision' else y

    def block(self, x, path, kind, filters, s, training):
        if kind == 'basic':
            plan, out = [(filters, 3, s, 1), (filters, 3, 1, 1)], filters
        elif kind == 'bottleneck':
            plan, out = [(filters, 1, 1, 1), (filters, 3, s, 1), (4 * filters, 1, 1, 1)], 4 * filters
        else:
            plan, out = [(filters, 1, 1, 1), (filters, 3, s, 4), (filters, 1, 1, 1)], filters
        y = x
        for i, (f, k, stride, groups) in enumerate(plan, 1):
            y = self.norm(self.conv(y, f'{path}/conv{i}', f, k, stride, groups), f'{path}/bn{i}', training)
            if i < len(plan):
                y = F.relu(y)
        return F.relu(y + self.shortcut(x, path, out, s, kind == 'resnext', training))

    def __call__(self, x, kind, stages, training=True):
        x = F.relu(self.norm(self.conv(x, 'stem/conv', 8, 7, 2), 'stem/bn', training))
        x = F.max_pool2d(self.pad(x, 3, 2, -math.inf), 3, 2)
        for i, (count, filters) in enumerate(stages):
            for j in range(count):
                x = self.block(x, f'stage{i + 1}/{j}', kind, filters, 2 if i > 0 and j == 0 else 1, training)
        x = x.mean((2, 3))
        kernel = self.param('head/fc/kernel', (x.shape[1], 10), math.sqrt(3 / x.shape[1]))
        return x @ kernel + self.param('head/fc/bias', (10,), 0.1)


def optimizer_of(name, params, rate, decay):
    if name in ('sgd', 'momentum', 'nesterov'):
        m = 0.0 if name == 'sgd' else 0.9
        return torch.optim.SGD(params, lr=rate, momentum=m, nesterov=name == 'nesterov', weight_decay=decay)
    kind = torch.optim.Adam if name == 'adam' else torch.optim.AdamW
    return kind(params, lr=rate, eps=1e-7, weight_decay=decay)


def loss_of(case, logits, labels):
    weights = case.get('weightOfClass')
    weight = None if weights is None else torch.tensor(weights, dtype=logits.dtype)

    def entropy(wanted):
        return F.cross_entropy(logits, wanted, weight=weight, label_smoothing=case.get('labelSmoothing', 0.0))

    share = case.get('mixedShare')
    if share is None:
        return entropy(labels)
    return share * entropy(labels) + (1 - share) * entropy(labels.flip(0))


class Averages:
    """Of parameters and buffers alike, with torch_ema's warm-up."""

    def __init__(self, net, ema):
        self.net, self.ema, self.steps = net, ema, 0
        self.params = {path: p.detach().clone() for path, p in net.params.items()}
        self.stats = {path: [torch.zeros_like(m), torch.ones_like(v)] for path, (m, v) in net.stats.items()}

    def follow(self):
        self.steps += 1
        decay = min(self.ema, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for path, p in self.net.params.items():
                self.params[path].mul_(decay).add_(p, alpha=1 - decay)
            for path, values in self.net.stats.items():
                for average, value in zip(self.stats[path], values):
                    average.mul_(decay).add_(value, alpha=1 - decay)


def run(case, dtype):
    h, w, c = case['input']
    net = Net(dtype, case['flavour'])
    args = (case['kind'], case['stages'])

    def images(b):
        x = torch.tensor(signed(f'images/{b}', (8, h, w, c)).astype(np.float32), dtype=dtype)
        share = case.get('mixedShare')
        if share is not None:
            x = share * x + (1 - share) * x.flip(0)
        return x.permute(0, 3, 1, 2)

    net(images(0), *args)
    averages = Averages(net, case['ema']) if 'ema' in case else None
    net.stats.clear()
    opt = optimizer_of(case['optimizer'], list(net.params.values()), case['learningRate'], case['weightDecay'])
    losses, gradients = [], {}
    for b in range(10):
        labels = torch.tensor((words(f'labels/{b}', 8) / 2.0**32 * 10).astype(np.int64))
        loss = loss_of(case, net(images(b), *args), labels)
        opt.zero_grad()
        loss.backward()
        if b == 0:
            for path, p in net.params.items():
                g = p.grad.flatten()
                at = [[i, g[i].item()] for i in sorted({0, len(g) // 2, len(g) - 1})]
                gradients[path] = {'norm': g.norm().item(), 'largest': g.abs().max().item(), 'at': at}
        opt.step()
        losses.append(loss.item())
        if averages:
            averages.follow()
    if averages:
        net.params, net.stats = averages.params, averages.stats
    with torch.no_grad():
        logits = net(images(0), *args, training=False)[:2].tolist()
    stats = {path: [m.sum().item(), v.sum().item()] for path, (m, v) in net.stats.items()}
    return {'losses': losses, 'firstGradients': gradients, 'running': stats, 'evalLogits': logits}


def case(name, flavour, kind, stages, size, optimizer='momentum', rate=0.01, decay=0.0, **recipe):
    return {
        'name': name, 'flavour': flavour, 'kind': kind, 'stages': stages, 'input': size,
        'optimizer': optimizer, 'learningRate': rate, 'weightDecay': decay, **recipe,
    }


BASIC = [[2, 8], [2, 16]]
WEIGHTS = [0.25, 2.0, 0.5, 1.0, 3.0, 0.1, 1.5, 0.75, 4.0, 1.25]
# Rates are such that float32 and float64 stay together: at larger ones a ReLU input near 0 can change its sign.
CASES = [
    case('d2l, SGD', 'd2l', 'basic', BASIC, [20, 20, 1], 'sgd', 0.05),
    case('d2l, SGD with weight decay', 'd2l', 'basic', BASIC, [20, 20, 1], 'sgd', 0.1, 5e-4),
    case('d2l, momentum', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005),
    case('d2l, Nesterov', 'd2l', 'basic', BASIC, [20, 20, 1], 'nesterov', 0.005),
    case('d2l, Adam', 'd2l', 'basic', BASIC, [20, 20, 1], 'adam', 0.001),
    case('d2l, AdamW', 'd2l', 'basic', BASIC, [20, 20, 1], 'adamw', 0.001, 0.01),
    case('torchvision, odd size', 'torchvision', 'basic', BASIC, [21, 21, 3]),
    case('torchvision, bottleneck', 'torchvision', 'bottleneck', [[1, 4], [2, 8]], [20, 20, 3]),
    case('d2l, ResNeXt', 'd2l', 'resnext', [[2, 16], [1, 32]], [20, 20, 1], rate=0.002),
    case('label smoothing', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, labelSmoothing=0.1),
    case('class weights', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, weightOfClass=WEIGHTS),
    case('class weights, smoothed', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, weightOfClass=WEIGHTS, labelSmoothing=0.2),
    case('mixed pictures', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, mixedShare=0.3),
    case('mixed pictures, class weights, smoothed', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, mixedShare=0.75,
         weightOfClass=WEIGHTS, labelSmoothing=0.1),
    case('averages of weights', 'd2l', 'basic', BASIC, [20, 20, 1], rate=0.005, ema=0.4),
    case('averages of weights, AdamW', 'd2l', 'basic', BASIC, [20, 20, 1], 'adamw', 0.001, 0.01, ema=0.9),
]

results = []
for item in CASES:
    single, double = run(item, torch.float32), run(item, torch.float64)
    apart = max(abs(a - b) / b for a, b in zip(single['losses'], double['losses']))
    results.append({**item, 'float32ApartFromFloat64': apart, **double})
json.dump({'torch': torch.__version__, 'cases': results}, sys.stdout, separators=(',', ':'))
