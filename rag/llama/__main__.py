"""The process that runs a model file: llama.cpp's server on 127.0.0.1, until the standard input is closed.

Run as a script by `rag.llama.server`, with file, port and tokens of context as arguments and the key on the first line
of the input. The process that started it holds the other end of the input: however that ends, this ends, too.
"""

import os
import sys

from xllamacpp import CommonParams, Server

READY = "ready"


def main() -> None:
    """Serve until the input ends; writes `READY` when requests are taken."""
    path, port, context = sys.argv[1:4]
    parameters = CommonParams()
    parameters.model.path = path
    parameters.hostnames, parameters.port = ["127.0.0.1"], int(port)
    parameters.n_ctx, parameters.n_parallel = int(context), 1
    parameters.api_keys = [sys.stdin.readline().strip()]
    parameters.warmup = False
    parameters.cpuparams.poll = parameters.cpuparams_batch.poll = 0  # threads that wait leave the core to others
    parameters.use_jinja = True  # the model's own form of calling tools
    server = Server(parameters)
    sys.stdout.write(f"{READY} {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # now, whatever the server is doing


if __name__ == "__main__":
    main()
