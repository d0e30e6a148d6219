"""Small edits to what Reflex 0.10.1 writes, where it leaves no other way. Each refuses when Reflex has changed."""

import json
import re

_GLOBALS = re.compile(r"\n  useEffect\(\(\) => \{\s*// Make contexts and state objects available globally.*?\}, \[\]\);", re.DOTALL)
_GROUPS = re.compile(r"groups: \[\s*\{\s*test: /env\.json/,.*?\],", re.DOTALL)
_NAMESPACES = re.compile(r"^import \* as (?:React|emotion_react|utils_\w+) from .*\n", re.MULTILINE)
# 10 KB of styling engine, and 2 KB of cookies.
STAND_INS = {"@emotion/react": "jsx.js", "universal-cookie": "no_cookies.js"}

OLDEST = ["chrome100", "safari16.4"]


class ReflexChanged(ValueError):
    """What an edit looks for is not there any more: look at it again."""


def same_origin_socket(source: str) -> str:
    """`utils/state.js` with the socket's port taken from the page.

    Reflex keeps the port of the build over http; it is replaced only over https.
    """
    return _edit(source, "endpoint.hostname = frontend_hostname;", "\n    endpoint.port = window.location.port;")


def fewer_chunks(source: str) -> str:
    """`vite.config.js` without a chunk of its own for env.json: each file costs half a kilobyte of headers."""
    if "groups: []," in source:
        return source
    if not _GROUPS.search(source):
        raise ReflexChanged("vite.config.js: no group for env.json")
    return _GROUPS.sub("groups: [],", source)


def for_older_browsers(source: str) -> str:
    """`vite.config.js` with the oldest browsers that the shared page promises to work in; Vite's own default is Chromium 107."""
    return _edit(source, "  build: {", f"\n    target: {json.dumps(OLDEST)},")


def without_globals(source: str) -> str:
    """`app/root.jsx` without the modules that Reflex keeps on `window` for components made at run time.

    There are none here, nor could they run under our policy; without it 4 KB that nobody calls stay out of the bundle.
    """
    if "window.__reflex" not in source:
        return source
    if not _GLOBALS.search(source):
        raise ReflexChanged("app/root.jsx: window.__reflex is set elsewhere")
    return _NAMESPACES.sub("", _GLOBALS.sub("", source))


def with_stand_ins(source: str) -> str:
    """`vite.config.js` with short files (`web/`) in place of two packages that Reflex imports and no page here asks for."""
    aliases = "".join(
        f'''
      {{ find: "{package}", replacement: fileURLToPath(new URL("./utils/pwa/{file}", import.meta.url)) }},'''
        for package, file in STAND_INS.items()
    )
    return _edit(source, "    alias: [", aliases)


def _edit(source: str, line: str, more: str) -> str:
    if line + more in source:
        return source
    if line not in source:
        raise ReflexChanged(f"no such line: {line}")
    return source.replace(line, line + more)
