"""Reads cases, one JSON object a line, requests each URL with Python's urllib and answers one line a case."""

import json
import os
import sys
import urllib.request

for line in sys.stdin:
    case = json.loads(line)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ.update(case["env"])
    try:
        urllib.request.build_opener().open(case["url"], timeout=10).close()
        answer = {}
    except Exception as error:
        answer = {"error": type(error).__name__}
    print(json.dumps(answer), flush=True)
