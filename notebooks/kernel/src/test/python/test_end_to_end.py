"""The installed kernel `java` under real front ends: nbconvert, several clients at once, a Jupyter server.

    JUPYTER_PATH=<data folder> STARTS=100 python test_end_to_end.py

Needs nbconvert and jupyter_server; STARTS is the number of kernels started through the server (5 unless told).
"""
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid
from datetime import datetime

import nbformat
import zmq
from jupyter_client.manager import start_new_kernel
from nbconvert.preprocessors import ExecutePreprocessor
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

STARTS = int(os.environ.get("STARTS", "5"))
PATIENCE = 60


class Heartbeat(unittest.TestCase):
    def test_beats_are_echoed_one_by_one(self):
        manager, client = start_new_kernel(kernel_name="java")
        try:
            with zmq.Context() as context, context.socket(zmq.REQ) as socket:
                socket.linger = 0
                socket.rcvtimeo = PATIENCE * 1000
                socket.connect(f"tcp://{manager.ip}:{manager.hb_port}")
                for beat in (b"one", b"", b"three"):
                    socket.send(beat)
                    self.assertEqual(socket.recv(), beat)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


class Nbconvert(unittest.TestCase):
    def test_twenty_thousand_lines_are_all_kept(self):
        print_all = 'for (int i = 0; i < 20_000; i++) System.out.println("line " + i);'
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1"), nbformat.v4.new_code_cell(print_all)])
        ExecutePreprocessor(timeout=PATIENCE, kernel_name="java").preprocess(notebook)
        cell = notebook.cells[1]
        printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
        self.assertEqual(printed, "".join(f"line {i}\n" for i in range(20_000)))
        begin, end = (datetime.fromisoformat(cell.metadata.execution[at].replace("Z", "+00:00")) for at in ("iopub.status.busy", "shell.execute_reply"))
        seconds = (end - begin).total_seconds()
        print(f"20,000 lines in {seconds:.2f} s")
        self.assertLess(seconds, 5)


class ThreeClients(unittest.TestCase):
    def test_nothing_is_dropped_when_three_clients_interleave(self):
        manager, first = start_new_kernel(kernel_name="java")
        try:
            clients = [first, manager.client(), manager.client()]
            for client in clients[1:]:
                client.session.session = uuid.uuid4().hex
                client.start_channels()
                client.wait_for_ready(timeout=PATIENCE)
            failures, sessions = [], set()

            def work(number, client):
                for i in range(20):
                    texts = []

                    def keep(message):
                        sessions.add(message["header"]["session"])
                        if message["msg_type"] == "stream":
                            texts.append(message["content"]["text"])

                    reply = client.execute_interactive(f'System.out.println("client {number} turn {i}")', output_hook=keep, timeout=PATIENCE)
                    if reply["content"]["status"] != "ok" or "".join(texts) != f"client {number} turn {i}\n":
                        failures.append((number, i, reply["content"]["status"], texts))

            threads = [threading.Thread(target=work, args=pair) for pair in enumerate(clients)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(failures, [])
            self.assertEqual(len(sessions), 1, "the kernel has one session, whoever asks")
        finally:
            for client in clients:
                client.stop_channels()
            manager.shutdown_kernel()


class Server(unittest.TestCase):
    """Kernels started by a Jupyter server; each is asked who it is on two sockets at the same moment."""

    @classmethod
    def setUpClass(cls):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cls.address = f"127.0.0.1:{port}"
        cls.folder = tempfile.TemporaryDirectory()
        cls.log = open(os.path.join(cls.folder.name, "server.log"), "w+")
        cls.server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", f"--port={port}", "--ip=127.0.0.1", "--ServerApp.port_retries=0", "--no-browser", "--allow-root",
             "--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={cls.folder.name}"],
            stdout=cls.log, stderr=subprocess.STDOUT)

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(PATIENCE)
        cls.log.close()
        cls.folder.cleanup()

    async def request(self, method, path, body=None):
        for _ in range(PATIENCE * 5):
            try:
                response = await AsyncHTTPClient().fetch(HTTPRequest(
                    f"http://{self.address}{path}", method=method, body=body, request_timeout=PATIENCE,
                    headers={"Content-Type": "application/json"}))
                return json.loads(response.body or "null")
            except ConnectionRefusedError:
                await asyncio.sleep(0.2)  # the server is still starting
            except HTTPClientError as e:
                self.fail(f"{method} {path}: {e}")
        self.fail("the server did not start")

    @staticmethod
    def message(channel):
        header = {"msg_id": uuid.uuid4().hex, "session": "end-to-end", "username": "", "date": datetime.utcnow().isoformat() + "Z",
                  "msg_type": "kernel_info_request", "version": "5.3"}
        return json.dumps({"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": {}, "buffers": []})

    async def start_once(self):
        kernel = await self.request("POST", "/api/kernels", json.dumps({"name": "java"}))
        try:
            socket_ = await websocket_connect(f"ws://{self.address}/api/kernels/{kernel['id']}/channels")
            await socket_.write_message(self.message("shell"))
            await socket_.write_message(self.message("control"))
            waiting, idle = {"shell", "control"}, False
            while waiting or not idle:
                message = json.loads(await asyncio.wait_for(socket_.read_message(), PATIENCE))
                if message["msg_type"] == "kernel_info_reply":
                    self.assertEqual(message["content"]["status"], "ok")
                    waiting.discard(message["channel"])
                if message["msg_type"] == "status" and not message["parent_header"]:
                    idle = message["content"]["execution_state"] == "idle"
            socket_.close()
        finally:
            await self.request("DELETE", f"/api/kernels/{kernel['id']}")

    def test_no_start_hangs(self):
        async def all_of_them():
            for _ in range(STARTS):
                await self.start_once()

        asyncio.run(all_of_them())
        print(f"{STARTS} starts, none hung")


if __name__ == "__main__":
    unittest.main()
