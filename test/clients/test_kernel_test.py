"""jupyter_kernel_test with all its groups."""

import jupyter_kernel_test
from client import KERNEL


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("a test")'
    completion_samples = [
        {"text": "Number.isSafeI", "matches": {"isSafeInteger"}},
        {"text": "encodeURIC", "matches": {"encodeURIComponent"}},
    ]
    complete_code_samples = ["1", "console.log('hello')", "function f(x) {\n  return x * 2;\n}\n"]
    incomplete_code_samples = ["function f(x) {", "[1, 2,", "const f = x =>"]
    invalid_code_samples = ["const = 1", "if (]", "f(1))"]
    code_generate_error = 'throw new Error("a test")'
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[1, 2, 3].map(n => n ** 2)", "result": "[ 1, 4, 9 ]"},
        {"code": "'text'.length", "result": "4"},
    ]
    code_display_data = [{"code": 'display.html("<b>bold</b>")', "mime": "text/html"}]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "display.clear()"
    # The pager is a payload that the protocol calls deprecated: there is none.
    test_pager = None


class TypeScriptWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True
