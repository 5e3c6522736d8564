"""PyTorch: python torch_peer.py default | channels_last | compile. Threads and spinning are its defaults."""
import sys

import torch
import torch.nn.functional as F
from torch import nn

from protocol import serve
from torch_networks import networks

variant = sys.argv[1]


def build(work):
    torch.manual_seed(0)
    torch._dynamo.reset()
    model = networks[work['network']](work['channels'], work['classes'])
    params = sum(p.numel() for p in model.parameters())
    size, batch = work['size'], work['batch']
    images = torch.randn(batch, work['channels'], size, size)
    labels = torch.arange(batch) % work['classes']
    if variant == 'channels_last':
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    run = torch.compile(model) if variant == 'compile' else model
    if work['mode'] == 'evaluate':
        model.eval()

        def evaluate():
            with torch.inference_mode():
                run(images).numpy()

        return params, evaluate

    momentum = work['momentum'] if work['optimizer'] == 'momentum' else 0
    optimizer = torch.optim.SGD(model.parameters(), lr=work['learningRate'], momentum=momentum)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(run(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return params, step


# One small step, so that "idle" is a framework that is ready.
nn.Linear(4, 4)(torch.zeros(4, 4)).sum().backward()
serve(f'PyTorch {variant}', f'{torch.__version__}, {torch.get_num_threads()} threads', build)
