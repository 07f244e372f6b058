"""Training the digits network in the installed kernel `java`, started as Jupyter starts it: what the tests of long and disturbed training share."""
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ENGINE = Path(__file__).resolve().parents[5] / "engine/target/engine-1.0-SNAPSHOT.jar"
PATIENCE = 120

SETUP = """
%classpath {jar}
import grad.*;
import grad.data.*;
import grad.nn.*;
import grad.optim.*;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

Images train = Digits.load().split(0.8).train();
Batches batches = Batches.shuffled(train, 32, 44);
Rng dropout;
Sequential net;
Adam adam;
StepLR schedule;

void begin() {{
    dropout = new Rng(43);
    net = MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(42), 64, 32, 16, 10);
    adam = new Adam(net.parameters(), 2e-4).weightDecay(1e-4);
    schedule = new StepLR(adam, 100, 0.1);
}}

void epoch(int k) {{
    for (Batch batch : batches.epoch(k)) {{
        Tensor loss = Loss.crossEntropy(net.forward(Tensor.of(batch.x(), batch.size(), 64), dropout), batch.y());
        adam.zeroGrad();
        loss.backward();
        adam.step();
    }}
    schedule.step();
}}

void epochs(int from, int to) {{ for (int k = from; k < to; k++) epoch(k); }}

String weights() throws Exception {{
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (Tensor p : net.parameters()) {{
        ByteBuffer bytes = ByteBuffer.allocate(4 * p.size());
        bytes.asFloatBuffer().put(p.data());
        sha256.update(bytes.array());
    }}
    return HexFormat.of().formatHex(sha256.digest());
}}

begin();
"""


class CellFailed(Exception):
    """What the kernel said of a cell."""


class Training:
    """A kernel in which a network waits to be trained."""

    def __init__(self, manager, client, jar):
        self.manager, self.client = manager, client
        self.run(SETUP.format(jar=jar))

    def run(self, code):
        """Runs a cell and returns what it printed."""
        return self.finish(self.client.execute(code))

    def interrupt(self, code, seconds):
        """Runs a cell, which must print something first, and interrupts it so long after that."""
        request = self.client.execute(code)
        while self.published(request)["msg_type"] != "stream":
            pass
        time.sleep(seconds)
        self.manager.interrupt_kernel()
        self.finish(request)

    def finish(self, request):
        printed = []
        while (message := self.published(request))["content"].get("execution_state") != "idle":
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])
        reply = answer(request, self.client.get_shell_msg)["content"]
        if reply["status"] != "ok":
            raise CellFailed(f"{reply['ename']}: {reply['evalue']}")
        return "".join(printed)

    def published(self, request):
        return answer(request, self.client.get_iopub_msg)


def answer(request, receive):
    """The next message that answers a request."""
    while (message := receive(timeout=PATIENCE))["parent_header"].get("msg_id") != request:
        pass
    return message


@contextmanager
def training():
    with tempfile.TemporaryDirectory() as folder:
        jar = shutil.copy(ENGINE, folder)       # a build may replace the jar while it is in use
        manager, client = start_new_kernel(kernel_name="java")
        try:
            yield Training(manager, client, jar)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
