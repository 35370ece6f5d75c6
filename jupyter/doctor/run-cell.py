"""Runs one cell through the TypeScript kernel, as any Jupyter client does, and prints the outcome as JSON."""

import json
import sys

from jupyter_client.manager import start_new_kernel

CODE = "const six: number = 6; six * 7"


def main():
    manager, client = start_new_kernel(kernel_name="tslab", startup_timeout=30)
    try:
        outputs = []
        reply = client.execute_interactive(CODE, timeout=30, output_hook=outputs.append)
        results = [m["content"]["data"]["text/plain"] for m in outputs if m["msg_type"] == "execute_result"]
        content = reply["content"]
        if content["status"] == "ok":
            return {"result": results[0] if results else ""}
        return {"error": f"{content.get('ename')}: {content.get('evalue')}"}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


try:
    outcome = main()
except Exception as error:  # noqa: BLE001 - whatever it is, the doctor shows it in one line
    outcome = {"error": f"{type(error).__name__}: {error}"}
json.dump(outcome, sys.stdout)
