"""JAX with Flax, as the seed's code is written; everything in one jit."""
import getpass
import os
import tempfile

os.environ['JAX_PLATFORMS'] = 'cpu'
# Beside torch.compile's, which is kept there too: the second run of the benchmark begins sooner.
os.environ.setdefault('JAX_COMPILATION_CACHE_DIR', os.path.join(tempfile.gettempdir(), f'jax_{getpass.getuser()}'))

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax

from protocol import serve


def norm(train):
    return nn.BatchNorm(use_running_average=not train, momentum=0.9, epsilon=1e-5)


class ResNet18(nn.Module):
    classes: int

    @nn.compact
    def __call__(self, x, train):
        x = nn.relu(norm(train)(nn.Conv(64, (7, 7), 2)(x)))
        x = nn.max_pool(x, (3, 3), (2, 2), 'SAME')
        for i, filters in enumerate((64, 128, 256, 512)):
            for j in range(2):
                stride = 2 if i > 0 and j == 0 else 1
                y = nn.relu(norm(train)(nn.Conv(filters, (3, 3), stride)(x)))
                y = norm(train)(nn.Conv(filters, (3, 3))(y))
                x = nn.relu(y + (nn.Conv(filters, (1, 1), stride)(x) if stride > 1 else x))
        return nn.Dense(self.classes)(x.mean((1, 2)))


class Bottlenecks(nn.Module):
    classes: int
    first_width: int
    groups: int

    @nn.compact
    def __call__(self, x, train):
        def conv(filters, kernel, stride=1, groups=1):
            sides = [(kernel // 2, kernel // 2)] * 2
            init = nn.initializers.he_normal()
            return nn.Conv(
                filters, (kernel, kernel), stride, sides, feature_group_count=groups, use_bias=False, kernel_init=init
            )

        x = nn.relu(norm(train)(conv(64, 7, 2)(x)))
        x = nn.max_pool(x, (3, 3), (2, 2), [(1, 1), (1, 1)])
        for i, count in enumerate((3, 4, 6, 3)):
            width, filters = self.first_width * 2**i, 256 * 2**i
            for j in range(count):
                stride = 2 if i > 0 and j == 0 else 1
                y = nn.relu(norm(train)(conv(width, 1)(x)))
                y = nn.relu(norm(train)(conv(width, 3, stride, self.groups)(y)))
                y = norm(train)(conv(filters, 1)(y))
                x = nn.relu(y + (norm(train)(conv(filters, 1, stride)(x)) if j == 0 else x))
        return nn.Dense(self.classes)(x.mean((1, 2)))


networks = {
    'resnet18': ResNet18,
    'resnet50': lambda classes: Bottlenecks(classes, 64, 1),
    'resnext50_32x4d': lambda classes: Bottlenecks(classes, 128, 32),
}


def build(work):
    jax.clear_caches()
    size, batch, classes = work['size'], work['batch'], work['classes']
    model = networks[work['network']](classes)
    images = jax.random.normal(jax.random.key(0), (batch, size, size, work['channels']))
    labels = jnp.arange(batch) % classes
    variables = jax.jit(lambda: model.init(jax.random.key(1), images[:1], train=True))()
    params, stats = variables['params'], variables['batch_stats']
    count = sum(leaf.size for leaf in jax.tree.leaves(params))

    if work['mode'] == 'evaluate':
        forward = jax.jit(lambda p, s: model.apply({'params': p, 'batch_stats': s}, images, train=False))

        def evaluate():
            np.asarray(forward(params, stats))

        return count, evaluate

    momentum = work['momentum'] if work['optimizer'] == 'momentum' else None
    optimizer = optax.sgd(work['learningRate'], momentum=momentum)

    def loss_of(params, stats):
        logits, updated = model.apply(
            {'params': params, 'batch_stats': stats}, images, train=True, mutable=['batch_stats']
        )
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean(), updated['batch_stats']

    def update(params, stats, slots):
        (loss, stats), gradients = jax.value_and_grad(loss_of, has_aux=True)(params, stats)
        changes, slots = optimizer.update(gradients, slots, params)
        return (optax.apply_updates(params, changes), stats, slots), loss

    jitted = jax.jit(update, donate_argnums=(0, 1, 2))
    state = (params, stats, optimizer.init(params))

    def step():
        nonlocal state
        state, loss = jitted(*state)
        jax.block_until_ready(state)
        return float(loss)

    return count, step


# One small step, so that "idle" is a framework that is ready.
jax.jit(lambda x: (x @ x).sum())(jnp.zeros((4, 4))).block_until_ready()
serve('JAX', f'{jax.__version__} with Flax {flax.__version__}', build)
