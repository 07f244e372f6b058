"""The Jupyter project's own conformance suite (jupyter_kernel_test) against the installed kernel `java`.

    JUPYTER_PATH=<data folder> python3 test_java_kernel.py
"""
import unittest

import jupyter_kernel_test


class JavaKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "java"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("hello, error");'

    completion_samples = [
        {"text": '"x".toUpper', "matches": {"toUpperCase("}},
        {"text": "Math.PI", "matches": {"PI"}},
        {"text": "%mavenR", "matches": {"%mavenRepo"}},
    ]

    complete_code_samples = ["int x = 1;", "1 + 1", "int twice(int x) {\n    return 2 * x;\n}", "// nothing", "%maven a:b:c"]
    incomplete_code_samples = ["int twice(int x) {", "for (int i = 0; i < 3; i++) {\n", "List.of(", 'var s = """\ntext', "/* open"]
    invalid_code_samples = ["int = ;", "class 1 { }"]

    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "new int[] {1, 2}", "result": "[1, 2]"},
        {"code": "List.of(\"a\", \"b\")", "result": "[a, b]"},
        {"code": "new java.awt.image.BufferedImage(2, 2, 1)", "mime": "image/png"},
    ]
    code_display_data = [
        {"code": 'display("<b>bold</b>", "text/html")', "mime": "text/html"},
        {"code": "display(new java.awt.image.BufferedImage(2, 2, 1))", "mime": "image/png"},
        {"code": 'display("<svg xmlns=\'http://www.w3.org/2000/svg\'/>", "image/svg+xml")', "mime": "image/svg+xml"},
    ]

    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput(false)"


if __name__ == "__main__":
    unittest.main()
