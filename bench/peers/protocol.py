"""What every peer speaks: lines of JSON on stdin, one line of JSON back for each.

  (start)                      -> {"peer", "version", "idleMb"}
  {"work": {...}}              -> {"losses", "warmupMs", "prepareMs"}   builds the model, compiles, warms up
  {"steps": n}                 -> {"ms": [...], "peakMb"}               peakMb: of the process, since it was ready
  anything that goes wrong     -> {"error": "..."}

A work is {"network", "size", "batch", "channels", "classes", "optimizer", "learningRate", "momentum", "mode",
"params", "warmup"}; mode is "train" or "evaluate".
"""
import gc
import json
import os
import resource
import sys
import time

MB = 2**20


def _status(field):
    """Of this process, in bytes; None where there is no /proc."""
    try:
        with open('/proc/self/status') as lines:
            for line in lines:
                if line.startswith(field + ':'):
                    return int(line.split()[1]) * 1024
    except FileNotFoundError:
        return None


def _peak():
    peak = _status('VmHWM')
    if peak is None:
        # Bytes on macOS, KB elsewhere.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
    return peak


def _forget_peak():
    try:
        with open('/proc/self/clear_refs', 'w') as file:
            file.write('5')
    except OSError:
        pass  # Then the peak is that of the whole process, which is the same for its first work.


def run(step, count):
    """Losses and milliseconds of so many steps."""
    losses, ms = [], []
    for _ in range(count):
        began = time.perf_counter()
        losses.append(step())
        ms.append((time.perf_counter() - began) * 1e3)
    return losses, ms


def serve(name, version, build):
    """`build(work)` returns (number of parameters, step); `step()` does one whole step and returns its loss or None."""
    answers = os.fdopen(os.dup(1), 'w', buffering=1)
    os.dup2(2, 1)  # Frameworks print; what they print must not mix with answers.

    def answer(value):
        answers.write(json.dumps(value) + '\n')

    gc.collect()
    answer({'peer': name, 'version': version, 'idleMb': (_status('VmRSS') or _peak()) / MB})
    step = None
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if 'work' in message:
                work, step = message['work'], None
                gc.collect()
                began = time.perf_counter()
                params, step = build(work)
                if params != work['params']:
                    raise ValueError(f"{name} made {params} parameters of {work['network']}, expected {work['params']}")
                losses, warmup = run(step, work['warmup'])
                _forget_peak()  # What a compiler took is not counted against a peer.
                answer({'losses': losses, 'warmupMs': warmup, 'prepareMs': (time.perf_counter() - began) * 1e3})
            else:
                _, ms = run(step, message['steps'])
                answer({'ms': ms, 'peakMb': _peak() / MB})
        except Exception as error:  # Told to whoever asked; the process goes on.
            text = str(error).strip() or type(error).__name__
            answer({'error': text.splitlines()[0][:300]})
