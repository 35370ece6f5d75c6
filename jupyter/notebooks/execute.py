"""Executes a notebook: JSON {notebook, folder} on stdin, JSON {notebook} or {cell, error} on stdout."""

import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


class Client(NotebookClient):
    """Remembers which cell is being executed, so that a failure can name it."""

    cell_index = None

    async def async_execute_cell(self, cell, cell_index, **options):
        self.cell_index = cell_index
        return await super().async_execute_cell(cell, cell_index, **options)


def execute(request):
    notebook = nbformat.reads(json.dumps(request["notebook"]), as_version=4)
    client = Client(
        notebook,
        kernel_name="tslab",
        timeout=120,
        startup_timeout=60,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": request["folder"]}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        reason = error.evalue.split("\n")[0]  # the traceback is for the notebook
        return {"cell": client.cell_index, "error": f"{error.ename}: {reason}"}
    except CellTimeoutError:
        return {"cell": client.cell_index, "error": "did not end within 120 s"}
    except DeadKernelError:
        return {"cell": client.cell_index, "error": "the kernel ended while it ran"}
    except Exception as error:  # no kernel, no port, no disk: said in words, not as a traceback
        return {"cell": client.cell_index, "error": f"{type(error).__name__}: {error}"}
    return {"notebook": notebook}


json.dump(execute(json.load(sys.stdin)), sys.stdout)
